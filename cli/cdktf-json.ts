import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../terraform-json/input-error';

/** The part of cdktf.json with the command of the app, and the folder of its stacks. */
export interface CdktfJson {
  /** The shell command that synthesizes. */
  readonly app?: string;
  /** The folder of the stacks. */
  readonly output?: string;
}

/** The cdktf.json of the current folder; empty if there is none. Throws an InputError if it is not JSON. */
export function readCdktfJson(): CdktfJson {
  if (!existsSync('cdktf.json')) return {};
  try {
    return JSON.parse(readFileSync('cdktf.json', 'utf8'));
  } catch {
    throw new InputError('cdktf.json is not valid JSON', "mend it, or let 'cdktf-cloud-run init' write a new one");
  }
}

/** The folder of the stacks: the one that cdktf's command gives to its app, else that of cdktf.json, else cdktf's default. */
export function outputFolder({ output = 'cdktf.out' }: CdktfJson = readCdktfJson()): string {
  return process.env.CDKTF_OUTDIR ?? output;
}
