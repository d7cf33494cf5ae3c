import './closed-pipe';
import './no-source-maps';
import type { App } from 'cdktf';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { InputError } from '../terraform-json/input-error';
import { buildChosen, writeStacks } from './services-stacks';

/**
 * Adds to a CDKTF app one stack for each environment of services.yaml, and prints which file it read: the one that
 * `cdktf-cloud-run synth FILE` or the environment variable `SERVICES_FILE` names, else the one that the last synth read, else
 * `services.yaml`.
 *
 * A file with a mistake in it ends the process: each mistake is printed with its place, the exit code is 1, nothing is written.
 */
export function buildServices(app: App): readonly CloudRunStack[] {
  try {
    return buildChosen(app, console.log) ?? process.exit(1);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Synthesizes the app; writes the page of DNS records to create and the places in services.yaml that make each resource; prints a summary. */
export function synthServices(app: App, stacks: readonly CloudRunStack[]): void {
  writeStacks(app, stacks, console.log);
}
