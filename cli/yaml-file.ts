import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Problem } from '../services-yaml/load/problem';

/** A file of 5 MB holds about 20,000 services and is read in a few seconds. */
const MAX_BYTES = 5_000_000;

/** The text of a file, or why it is refused. */
type ReadFile = { readonly text: string } | { readonly refused: Problem };

/** Reads a YAML file as text, where `-` is standard input. */
export function readYamlFile(path: string): ReadFile {
  try {
    const size = path === '-' ? 0 : statSync(path).size;
    const bytes = size > MAX_BYTES ? undefined : readFileSync(path === '-' ? 0 : path);
    if (bytes === undefined || bytes.length > MAX_BYTES) {
      return refuse(`the file has ${bytes?.length ?? size} bytes; at most ${MAX_BYTES} are read: split it`);
    }
    if (!isText(bytes)) return refuse(encodingMessage(bytes), firstBadLine(bytes));
    return { text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return refuse(reasonOf(path, error as NodeJS.ErrnoException));
  }
}

function refuse(message: string, line?: number): ReadFile {
  return { refused: { severity: 'error', place: line ? { line, column: 1 } : undefined, path: '', message } };
}

function reasonOf(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `there is no such file${insteadOf(path)}`;
  if (code === 'EISDIR') return 'this is a directory: name the file in it';
  if (code === 'EACCES') return 'the file may not be read';
  return `the file cannot be read (${code ?? message})`;
}

/** Suggests the file with the other extension, or how to begin one. */
function insteadOf(path: string): string {
  const other = path.endsWith('.yml') ? path.replace(/yml$/, 'yaml') : path.replace(/yaml$/, 'yml');
  if (existsSync(other)) return ` (did you mean '${other}'?)`;
  return path === 'services.yaml' ? ": name yours, or let 'cdktf-cloud-run init' write one" : '';
}

/** UTF-16 without a mark has a zero byte beside every letter; with fewer zeros, the file is damaged in another way. */
function encodingMessage(bytes: Buffer): string {
  const zeros = bytes.reduce((count, byte) => count + Number(byte === 0), 0);
  if (isUtf8(bytes) && zeros < bytes.length / 4) return 'there is a NUL byte in this line: take it out';
  return 'the file is not UTF-8: save it as UTF-8';
}

function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function firstBadLine(bytes: Buffer): number {
  let [line, start] = [1, 0];
  for (
    let end = bytes.indexOf('\n');
    end >= 0 && isText(bytes.subarray(start, end));
    end = bytes.indexOf('\n', start)
  ) {
    [line, start] = [line + 1, end + 1];
  }
  return line;
}
