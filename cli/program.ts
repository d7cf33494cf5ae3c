import './closed-pipe';
import { Command } from 'commander';

/** Each subcommand is loaded only when it is used: this makes the start faster. */
const COMMANDS: Readonly<Record<string, () => Command>> = {
  init: () => (require('./init') as typeof import('./init')).initCommand(),
  check: () => (require('./check') as typeof import('./check')).checkCommand(),
  synth: () => (require('./synth') as typeof import('./synth')).synthCommand(),
  plan: () => (require('./plan') as typeof import('./plan')).planCommand(),
  exposure: () => (require('./exposure') as typeof import('./exposure')).exposureCommand(),
  adopt: () => (require('./adopt') as typeof import('./adopt')).adoptCommand(),
  review: () => (require('./review') as typeof import('./review')).reviewCommand(),
  accept: () => (require('./accept') as typeof import('./accept')).acceptCommand(),
  preview: () => (require('./preview') as typeof import('./preview')).previewCommand(),
  offline: () => (require('./offline') as typeof import('./offline')).offlineCommand(),
  schema: () => (require('./schema') as typeof import('./schema')).schemaCommand(),
};

const OF_TERRAFORM =
  "error: unknown command 'COMMAND': terraform -chdir=cdktf.out/stacks/<environment> applies and destroys what synth wrote, and so does cdktf deploy";

/** The command `cdktf-cloud-run` with the named subcommand, or with all subcommands for its help. */
export function program(version: string, name = ''): Command {
  const command = new Command('cdktf-cloud-run')
    .description('Terraform for Cloud Run services, from services.yaml')
    .version(version, '--version')
    .enablePositionalOptions();
  if (['apply', 'deploy', 'destroy', 'diff'].includes(name)) command.error(OF_TERRAFORM.replace('COMMAND', name));
  const named = COMMANDS[name];
  const loads = name === '--version' ? [] : named ? [named] : Object.values(COMMANDS);
  for (const load of loads) command.addCommand(load());
  return command;
}
