import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../terraform-json/input-error';

/** The part of cdktf.json that says how an app is run, and where its stacks go. */
export interface CdktfJson {
  /** The shell command that synthesizes. */
  readonly app?: string;
  /** The folder of the stacks. */
  readonly output?: string;
}

/** The cdktf.json of the current folder; empty where there is none. Throws an InputError when it is not JSON. */
export function readCdktfJson(): CdktfJson {
  if (!existsSync('cdktf.json')) return {};
  try {
    return JSON.parse(readFileSync('cdktf.json', 'utf8'));
  } catch {
    throw new InputError('cdktf.json is not valid JSON', "mend it, or let 'cdktf-cloud-run init' write a new one");
  }
}

/** Where the stacks are: what cdktf's command says to its app, else cdktf.json, else cdktf's default. */
export function outputFolder({ output = 'cdktf.out' }: CdktfJson = readCdktfJson()): string {
  return process.env.CDKTF_OUTDIR ?? output;
}
