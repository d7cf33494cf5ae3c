import { Command } from 'commander';
import { checkCommand } from './check';
import { exposureCommand } from './exposure';
import { offlineCommand } from './offline';
import { reviewCommand } from './review';
import { schemaCommand } from './schema';

/** The command `cdktf-cloud-run`. */
export function program(): Command {
  return new Command('cdktf-cloud-run')
    .description('Terraform for Cloud Run services, from services.yaml')
    .addCommand(checkCommand())
    .addCommand(schemaCommand())
    .addCommand(offlineCommand())
    .addCommand(exposureCommand())
    .addCommand(reviewCommand());
}
