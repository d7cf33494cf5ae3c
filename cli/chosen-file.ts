import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InputError } from '../terraform-json/input-error';

/** The services.yaml that a command reads, and how it was chosen. */
export interface ChosenFile {
  /** The file, as the user named it. */
  readonly path: string;
  /** The choice in words: "read services.yaml, as the last synth did". */
  readonly words: string;
}

/** `synth` sets it for the app that it runs: the file that the command line names, or an empty text. */
const RUN_BY_SYNTH = 'CDKTF_CLOUD_RUN_FILE';

/** The file in the output folder in which a synth records the services.yaml that it read. */
const RECORD = 'services-file.json';

/** The environment variables of an app that `synth` runs. */
export function environmentNaming(path = ''): NodeJS.ProcessEnv {
  return { ...process.env, [RUN_BY_SYNTH]: path };
}

/** Whether this process is the app that a `synth` runs. */
export function isRunBySynth(): boolean {
  return process.env[RUN_BY_SYNTH] !== undefined;
}

/**
 * One rule for all commands: the file that the command line names, else `SERVICES_FILE`, else the one that the last synth read,
 * else `services.yaml`. Throws an InputError when the record of the last synth cannot be read.
 */
export function chooseFile(outputFolder: string, argument = process.env[RUN_BY_SYNTH] || undefined): ChosenFile {
  const last = lastRead(outputFolder);
  const named = argument ?? process.env.SERVICES_FILE;
  const path = named ?? last ?? 'services.yaml';
  if (named === undefined)
    return { path, words: last === undefined ? `read ${path}` : `read ${path}, as the last synth did` };
  const by = argument === undefined ? ', which SERVICES_FILE names' : '';
  const before = last === undefined || last === recorded(path) ? '' : `; the last synth read ${last}`;
  return { path, words: `read ${path}${by}${before}` };
}

/** Records the file that was read, for the next command that names no file. */
export function writeDown(outputFolder: string, path: string): void {
  mkdirSync(outputFolder, { recursive: true });
  writeFileSync(join(outputFolder, RECORD), `${JSON.stringify({ servicesFile: recorded(path) }, null, 2)}\n`);
}

/** When a synth last wrote the record; undefined when there is none. */
export function recordedAt(outputFolder: string): number | undefined {
  return statSync(join(outputFolder, RECORD), { throwIfNoEntry: false })?.mtimeMs;
}

/** The services.yaml whose stacks are in the output folder, as far as it is known. */
export function lastRead(outputFolder: string): string | undefined {
  const record = join(outputFolder, RECORD);
  if (!existsSync(record)) return undefined;
  try {
    const { servicesFile } = JSON.parse(readFileSync(record, 'utf8'));
    if (typeof servicesFile === 'string') return servicesFile;
  } catch {}
  throw new InputError(`${record} does not say which file the last synth read`, 'delete it and synthesize again');
}

/** The same text in every checkout, so that the same input gives the same bytes. */
function recorded(path: string): string {
  return relative('.', path).replaceAll('\\', '/');
}
