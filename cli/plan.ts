import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { planOffline, Refusal } from '../emulator';
import { isInTerminal } from './terminal';

/** What `npm run plan -- ENVIRONMENT [ARGUMENTS OF terraform plan]` does after the synth. */
async function plan([environment, ...args]: string[]): Promise<number> {
  const stacks = join(process.env.CDKTF_OUTDIR ?? 'cdktf.out', 'stacks');
  const known = existsSync(stacks) ? readdirSync(stacks).join(', ') : '';
  if (environment === undefined || !existsSync(join(stacks, environment, 'cdk.tf.json'))) {
    const got = environment === undefined ? 'no environment is named' : `there is no environment '${environment}'`;
    process.stderr.write(`${got}; write npm run plan -- and one of ${known}\n`);
    return 1;
  }
  try {
    return await planOffline(join(stacks, environment), args, { environment: process.env, inTerminal: isInTerminal() });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

plan(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
