import './cli/no-source-maps';
import { App } from 'cdktf';
import { buildFrom } from './cli/services-file';
import { abandonedFolders, synthArguments, writeDnsSheet } from './cli/synth';
import { summary } from './services-yaml';

// services.yaml → one stack for each environment → synth
const { path, quiet } = synthArguments();
const app = new App({ skipValidation: true }); // buildFrom has run every check, and knows where in the file
const stacks = buildFrom(path, app, { quiet });

if (stacks) {
  app.synth();
  writeDnsSheet(app.outdir, stacks);
  if (!quiet) console.log([summary(stacks, app.outdir), ...abandonedFolders(app.outdir, stacks)].join('\n\n'));
} else {
  process.exitCode = 1;
}
