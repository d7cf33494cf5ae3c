// What action.yml runs: a review of plans, of a change without plans, or the comment for reviews that other jobs wrote.
import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comment, withMark } from './comment.mjs';
import { filesOf, input, lines } from './inputs.mjs';
import { review } from './review.mjs';
import { shortened } from './shortened.mjs';

/** The review writes this text if it has no findings. */
const NO_FINDINGS = '<!-- cdktf-cloud-run: nothing to say -->';

async function main() {
  const directory = input('working-directory') || '.';
  const reviews = lines('reviews');
  const file = join(mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'review-')), 'review.md');
  const status = reviews.length > 0 ? 0 : review(directory, file);
  if (status !== 0 && status !== 2) return status;
  const texts = (reviews.length > 0 ? filesOf(directory, reviews, '.md') : [file]).map((path) =>
    readFileSync(path, 'utf8'),
  );
  const written = texts.filter((text) => text.trim() !== '');
  if (written.length === 0)
    throw new Error('there is no review to comment: the inputs name no Markdown file with text in it');
  summarize(`${written.join('\n')}\n`);
  if (input('comment') === 'true') await say(written);
  return status;
}

/** Writes the comment, or prints why it cannot: the review is in the job's summary in any case. */
async function say(written) {
  const number = pullRequest();
  if (number === undefined) return note('no pull request to comment on: the review is in the summary of the job');
  const said = await comment({
    api: process.env.GITHUB_API_URL ?? 'https://api.github.com',
    repository: process.env.GITHUB_REPOSITORY,
    number,
    token: input('token'),
    body: withMark(written.map((text) => text.trim()).join('\n\n')),
    hasFindings: written.some((text) => !text.includes(NO_FINDINGS)),
  });
  note(said);
}

/** The number of the pull request that the event is about. */
function pullRequest() {
  const path = process.env.GITHUB_EVENT_PATH;
  const { pull_request, issue } = path ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const number = pull_request?.number ?? (issue?.pull_request ? issue.number : undefined);
  return Number.isInteger(number) ? number : undefined;
}

/** GitHub ignores a summary of more than one megabyte; a character has at most four bytes. */
const MOST_OF_SUMMARY = 250_000;

function summarize(text) {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (path) appendFileSync(path, shortened(text, MOST_OF_SUMMARY, 'see the review in another format'));
}

/** A message that GitHub shows with the job. */
function note(message, level = 'notice') {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  process.stdout.write(`::${level}::${escaped}\n`);
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    note(error instanceof Error ? error.message : String(error), 'error');
    process.exitCode = 1;
  },
);
