import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { PlanReview } from '../review';
import { InputError } from '../terraform-json/input-error';
import { Checkout } from './preview/git';
import { withTemporaryFolder } from './preview/interruption';
import { type Change, pairs, reviewed } from './preview/planned';
import { Progress } from './preview/progress';
import { scrubbedEnvironment } from './preview/scrubbed-environment';
import { stacksOfCheckout, stacksOfCommit } from './preview/stacks';
import { addReviewOptions, type ReviewOptions, writeReviews } from './review-output';
import { withSources } from './sources-file';
import { reportingInputErrors } from './terraform-file';

interface Options extends ReviewOptions {
  readonly environment?: readonly string[];
}

/** `preview [BASE] [FILES]`: the review of what the change in this checkout does to every environment, without credentials. */
export function previewCommand(): Command {
  const command = new Command('preview')
    .description('review what the change in this checkout does to every environment: no network, no credentials')
    .argument('[base]', 'the commit to compare with; default: where this checkout left the default branch')
    .argument('[files...]', 'the services.yaml to read, or several; default: SERVICES_FILE, else services.yaml')
    .option('--environment <name...>', 'only these environments');
  return addReviewOptions(command).action((base: string | undefined, files: readonly string[], options: Options) =>
    reportingInputErrors(() => {
      // A file needs no BASE before it.
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
    try {
      const paths = (files.length > 0 ? files : [process.env.SERVICES_FILE ?? 'services.yaml']).map((path) =>
        checkout.pathFromRoot(path),
      );
      const changes = chosen(
        paths.flatMap((path, i) => changesOf(checkout, base, path, join(folder, String(i)))),
        options.environment,
      );
      const home = join(folder, 'home');
      mkdirSync(home);
      const environment = scrubbedEnvironment(checkout.root, home);
      const reviews: PlanReview[] = [];
      for (const [i, change] of changes.entries()) {
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

function changesOf(
  checkout: Checkout,
  base: { commit: string; words: string },
  path: string,
  folder: string,
): Change[] {
  const before = stacksOfCommit(checkout, base.commit, path, join(folder, 'before'));
  const after = stacksOfCheckout(checkout, path, join(folder, 'after'));
  if (before === undefined && after === undefined) {
    throw new InputError(`${path} is neither here nor in ${base.words}`, 'name the services.yaml: `preview BASE FILE`');
  }
  const compares = `Compares what ${path} of ${base.words} asks for with what it asks for now; what was changed in Google Cloud by other means is not seen.`;
  return pairs(before ?? new Map(), after ?? new Map()).map((pair) => ({ ...pair, file: path, compares }));
}

function chosen(changes: readonly Change[], names: readonly string[] | undefined): readonly Change[] {
  const known = changes.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InputError(`there is no environment '${unknown}'`, `name one of ${known.join(', ')}`);
  return names === undefined ? changes : changes.filter(({ name }) => names.includes(name));
}
