import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import type { App } from 'cdktf';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { addImports, type BuiltSpec, buildStacks, formatProblem, hasErrors, type Problem } from '../services-yaml';
import { importsBeside } from './imports-file';

/** A file of 5 MB holds about 20,000 services and is read in a few seconds. */
const MAX_BYTES = 5_000_000;

/**
 * The stacks of the services.yaml at `path`, or nothing when it is refused. What is wrong goes to standard error; the warnings
 * of a file that is fine are part of the answer (cdktf's command shows what an app writes to standard error as errors).
 */
export function buildFrom(path: string, app: App): readonly CloudRunStack[] | undefined {
  const { stacks, problems } = buildFile(path, app);
  const lines = problems.map((problem) => formatProblem(fileName(path), problem));
  if (hasErrors(problems)) {
    console.error(lines.join('\n'));
    return undefined;
  }
  if (lines.length > 0) console.log(`${lines.join('\n')}\n`);
  return stacks;
}

/** The stacks of the services.yaml at `path`, where `-` is standard input, and what is wrong with it. */
export function buildFile(path: string, app: App): BuiltSpec {
  const file = read(path);
  if ('refused' in file) return { stacks: [], problems: [file.refused] };
  const { stacks, problems } = buildStacks(app, file.text);
  return { stacks, problems: [...problems, ...importProblems(path, stacks)] };
}

/** Has Terraform import what the imports.yaml beside a services.yaml names. */
function importProblems(path: string, stacks: readonly CloudRunStack[]): Problem[] {
  const name = importsBeside(path);
  if (name === undefined) return [];
  const file = read(name);
  const problems = 'refused' in file ? [file.refused] : addImports(stacks, file.text);
  return problems.map((problem) => ({ ...problem, file: name }));
}

/** What a file is called in messages. */
export function fileName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

type ServicesFile = { readonly text: string } | { readonly refused: Problem };

function read(path: string): ServicesFile {
  try {
    const size = path === '-' ? 0 : statSync(path).size;
    const bytes = size > MAX_BYTES ? undefined : readFileSync(path === '-' ? 0 : path);
    if (bytes === undefined || bytes.length > MAX_BYTES) {
      return refuse(`the file has ${bytes?.length ?? size} bytes; at most ${MAX_BYTES} are read: split it`);
    }
    if (!isText(bytes)) return refuse(encodingMessage(bytes), firstBadLine(bytes));
    return { text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return refuse(reasonOf(error as NodeJS.ErrnoException));
  }
}

function refuse(message: string, line?: number): ServicesFile {
  return { refused: { severity: 'error', place: line ? { line, column: 1 } : undefined, path: '', message } };
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'this is a directory: name the file in it';
  if (code === 'EACCES') return 'the file may not be read';
  return `the file cannot be read (${code ?? message})`;
}

/** UTF-16 without a mark is UTF-8 with a zero beside every letter; fewer zeros are an accident of another kind. */
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
