import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { filesOf, input, lines } from './inputs.mjs';

/** Runs the review: as text into the log, as Markdown into a file. Answers with the exit code: 2 where it is to stop the job. */
export function review(directory, markdown) {
  const preview = input('preview');
  const plans = filesOf(directory, lines('plans'), '.json');
  if (preview === '' && plans.length === 0) throw new Error('nothing to review: give plans, preview or reviews');
  if (preview !== '' && plans.length > 0) throw new Error('plans and preview exclude each other: give one of them');
  const subject = preview === '' ? plans : preview === 'true' ? [] : [preview];
  const args = [
    preview === '' ? 'review' : 'preview',
    ...['--format', 'text', '--write', `markdown=${markdown}`],
    ...lines('format').flatMap((format) => ['--write', format]),
    ...option('--fail-on', input('fail-on')),
    ...option('--accepted', input('accepted')),
    ...(preview === '' ? option('--sources', input('sources')) : []),
    ...(subject.length > 0 ? ['--', ...subject] : []),
  ];
  return inLog(() => run([...tool(), ...args], directory));
}

function option(name, value) {
  return value === '' ? [] : [name, value];
}

/** What npx is to run: a version, or what is installed. */
function tool() {
  const version = input('version');
  if (version === '') return ['--no-install', 'cdktf-cloud-run'];
  if (!/^[\w.^~-]+$/.test(version)) throw new Error(`'${version}' is not a version of cdktf-cloud-run`);
  return ['--yes', `cdktf-cloud-run@${version}`];
}

/** What is the action's alone: the token, and the files by which a step tells GitHub what later steps are to see. */
const OWN = ['REVIEW_TOKEN', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];

function run(args, cwd) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.includes(name)));
  const { status, error } = spawnSync('npx', args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw new Error(`npx does not run: ${error.message}`);
  return status ?? 1;
}

/** What is printed meanwhile is text of others: no line of it is a command to GitHub. */
function inLog(work) {
  const word = randomUUID();
  process.stdout.write(`::stop-commands::${word}\n`);
  try {
    return work();
  } finally {
    process.stdout.write(`::${word}::\n`);
  }
}
