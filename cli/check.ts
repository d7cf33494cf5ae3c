import { tmpdir } from 'node:os';
import { App } from 'cdktf';
import { Command } from 'commander';
import { buildFrom } from './services-file';

/** `check [FILE]`: everything a synth checks, with nothing written. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check services.yaml as a synth would, and write nothing')
    .argument('[file]', 'the file to check', process.env.SERVICES_FILE ?? 'services.yaml')
    .action((path: string) => {
      process.exitCode = check(path);
    });
}

function check(path: string): number {
  // An app makes its output folder when it is constructed: one that exists is left alone.
  const stacks = buildFrom(path, new App({ outdir: tmpdir() }));
  if (stacks === undefined) return 1;
  const services = stacks.reduce((sum, stack) => sum + stack.services.length, 0);
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  console.log(`${path}: no errors in ${count(stacks.length, 'environment')} with ${count(services, 'service')}`);
  return 0;
}
