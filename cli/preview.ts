import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { PlanReview } from '../review';
import { InputError } from '../terraform-json/input-error';
import { changesOf } from './preview/changes';
import { Checkout } from './preview/git';
import { withTemporaryFolder } from './preview/interruption';
import { type Change, reviewed } from './preview/planned';
import { Progress } from './preview/progress';
import { scrubbedEnvironment } from './preview/scrubbed-environment';
import { withStates } from './preview/states';
import { addReviewOptions, type ReviewOptions, writeReviews } from './review-output';
import { withSources } from './sources-file';
import { reportingInputErrors } from './terraform-file';

interface Options extends ReviewOptions {
  readonly environment?: readonly string[];
  readonly state?: readonly string[];
  readonly app?: boolean;
}

/** `preview [BASE] [FILES]`: reviews what the change in this checkout does to every environment, without credentials. */
export function previewCommand(): Command {
  const command = new Command('preview')
    .description('review what the change in this checkout does to every environment: no network, no credentials')
    .argument('[base]', 'the commit to compare with; default: where this checkout left the default branch')
    .argument('[files...]', 'the services.yaml to read, or several; default: SERVICES_FILE, else services.yaml')
    .option('--environment <name...>', 'only these environments')
    .option(
      '--state <file...>',
      'compare with a state, the output of `terraform show -json`: FILE, or ENVIRONMENT=FILE',
    )
    .option('--app', 'run the app of cdktf.json on both sides; default if there is no services.yaml');
  return addReviewOptions(command).action((base: string | undefined, files: readonly string[], options: Options) =>
    reportingInputErrors(() => {
      // BASE may be left out before a file.
      const isFile = base !== undefined && /\.ya?ml$/.test(base);
      return preview(isFile ? undefined : base, isFile ? [base, ...files] : files, options);
    }),
  );
}

async function preview(named: string | undefined, files: readonly string[], options: Options): Promise<void> {
  const checkout = Checkout.around(process.cwd());
  const base = checkout.base(named);
  await withTemporaryFolder(async (folder, signal) => {
    const progress = new Progress();
    const environment = environmentIn(folder, checkout);
    try {
      progress.say(`synthesizing ${base.words} and this checkout`);
      const compared = { checkout, base, files, app: options.app === true };
      const all = await changesOf(compared, join(folder, 'stacks'), { environment, signal });
      const changes = withStates(chosen(all, options.environment), options.state);
      const reviews: PlanReview[] = [];
      for (const [i, change] of changes.entries()) {
        // Node.js handles a signal only when no other code runs.
        await new Promise(setImmediate);
        signal.throwIfAborted();
        const review = await reviewed(change, { folder: join(folder, `plan-${i}`), environment, signal, progress });
        reviews.push(change.after === undefined ? review : withSources(review, change.after));
      }
      progress.done();
      writeReviews(reviews, options);
    } finally {
      progress.done();
    }
  });
}

/** The environment variables for Terraform and the app, with a separate home folder and a configuration that prevents downloads. */
function environmentIn(folder: string, checkout: Checkout): NodeJS.ProcessEnv {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'providers'), { recursive: true });
  const configuration = join(home, 'terraform.rc');
  const mirror = JSON.stringify(join(home, 'providers'));
  writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = ${mirror}\n  }\n}\n`);
  return { ...scrubbedEnvironment(checkout.root, home), TF_CLI_CONFIG_FILE: configuration };
}

function chosen(changes: readonly Change[], names: readonly string[] | undefined): readonly Change[] {
  const known = changes.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown === undefined) return names === undefined ? changes : changes.filter(({ name }) => names.includes(name));
  throw new InputError(`there is no environment '${unknown}'`, `name one of ${known.join(', ')}`);
}
