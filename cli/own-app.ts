import { App } from 'cdktf';
import { outputFolder } from './cdktf-json';
import { buildChosen, writeStacks } from './services-stacks';

/**
 * The app of a folder whose cdktf.json names none, or names `cdktf-cloud-run synth`. Returns the exit code. Throws an InputError if
 * it cannot be told which file to read.
 */
export function runOwnApp(quiet: boolean, file?: string): number {
  const print = quiet ? () => {} : (text: string) => console.log(text);
  // buildChosen runs every check, and reports the place of each problem in the file.
  const app = new App({ outdir: outputFolder(), skipValidation: true });
  const stacks = buildChosen(app, print, file);
  if (stacks === undefined) return 1;
  writeStacks(app, stacks, print);
  return 0;
}
