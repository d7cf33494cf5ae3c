import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { InputError, readTerraformJson, type TerraformJson, tooLong } from '../exposure';

/** A file of Terraform's JSON that was read, with its name. */
export interface TerraformFile {
  /** The path as the user gave it; `-` for standard input. */
  readonly path: string;
  /** The name of the stack, or that of the file without its extension. */
  readonly name: string;
  readonly json: TerraformJson;
}

/** The synthesized stacks in an output folder of `cdktf synth`, sorted. */
export function synthesizedStacks(folder: string): readonly string[] {
  const stacks = join(folder, 'stacks');
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  const files = names.map((name) => join(stacks, name, 'cdk.tf.json')).filter((file) => existsSync(file));
  if (files.length > 0) return files;
  throw new InputError(`no stack in ${folder}`, 'run `cdktf-cloud-run synth` first, or name the files to read');
}

/** Reads files of Terraform's JSON. Errors begin with the file's name. */
export function readTerraformFiles(paths: readonly string[]): readonly TerraformFile[] {
  const files = paths.map((path) => {
    const json = inFile(path, () => readTerraformJson(readText(path)));
    return { path, name: nameOf(path, json), json };
  });
  const named = (name: string) => files.filter((file) => file.name === name).length;
  return files.map((file) => (named(file.name) > 1 ? { ...file, name: file.path } : file));
}

/** Runs a command's work; a refused input is printed without a stack trace and makes the exit code 1. */
export async function reportingInputErrors(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function nameOf(path: string, json: TerraformJson): string {
  if (json.kind === 'stack') return json.name ?? basename(dirname(path));
  return path === '-' ? 'standard input' : basename(path).replace(/(\.tfplan)?\.json$/, '');
}

/** Reads a file; an error begins with the file's name. */
export function inFile<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (/\.ya?ml$/.test(path)) {
      const remedy = `synthesize it with 'cdktf-cloud-run synth ${path}'; exposure then needs no file, and review a plan`;
      throw new InputError(`${path}: this reads Terraform's JSON, not services.yaml`, remedy);
    }
    throw new InputError(`${path}: ${error.problem}`, error.remedy);
  }
}

/**
 * For files of this many bytes and more, Node.js is told to collect garbage when the heap has doubled. By default it waits
 * longer: a plan of 240 MB then needed 1.6 GB instead of 1.1, and was not faster.
 */
const LARGE = 32 * 2 ** 20;

/** What is in a file: the bytes of UTF-8, or the text where it is UTF-16, as PowerShell's `>` writes it. */
export function readText(path: string): string | Buffer {
  const bytes = readBytes(path);
  if (bytes.length > LARGE) setFlagsFromString('--heap-growing-percent=100');
  try {
    return decoded(bytes);
  } catch {
    throw tooLong(bytes.length);
  }
}

/** UTF-16 is recognized by its mark, or by the zero byte beside the first character, which is ASCII in JSON. */
function decoded(bytes: Buffer): string | Buffer {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.toString('utf16le', 2);
  if (first === 0xfe && second === 0xff) return swapped(bytes.subarray(2));
  if (first === 0 && second !== 0) return swapped(bytes);
  if (first !== 0 && second === 0) return bytes.toString('utf16le');
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}

/** The bytes of each character in the other order; an odd last byte is dropped. */
function swapped(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    .swap16()
    .toString('utf16le');
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const problem = {
      ENOENT: 'no such file',
      EISDIR: 'is a folder',
      EACCES: 'permission denied',
      ERR_FS_FILE_TOO_LARGE: 'larger than 2 GB',
    };
    throw new InputError(
      problem[code as keyof typeof problem] ?? code,
      'name a file that `terraform show -json` wrote',
    );
  }
}
