import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { filesOf, input, lines } from './inputs.mjs';

/** Runs the review: as text into the log, as Markdown into a file. Returns the exit code, which is 2 if the job must fail. */
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

/** The command that reviews: a version, or the tool that is installed in a folder or in the working directory. */
function tool() {
  const [version, folder] = [input('version'), input('tool')];
  if (version !== '' && !/^[\w.^~-]+$/.test(version))
    throw new Error(`'${version}' is not a version of cdktf-cloud-run`);
  if (version !== '') return ['npx', '--yes', `cdktf-cloud-run@${version}`];
  if (folder === '') return ['npx', '--no-install', 'cdktf-cloud-run'];
  const command = resolve(folder, 'node_modules/.bin/cdktf-cloud-run');
  if (!existsSync(command)) throw new Error(`cdktf-cloud-run is not installed in ${folder}`);
  return [command];
}

/** Variables that the tool does not get: the token, and the files by which a step passes values to later steps. */
const OWN = ['REVIEW_TOKEN', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];

function run([command, ...args], cwd) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.includes(name)));
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw new Error(`${command} does not run: ${error.message}`);
  return status ?? 1;
}

/** Stops GitHub from reading commands in the lines that are printed during `work`: they contain text of other people. */
function inLog(work) {
  const word = randomUUID();
  process.stdout.write(`::stop-commands::${word}\n`);
  try {
    return work();
  } finally {
    process.stdout.write(`::${word}::\n`);
  }
}
