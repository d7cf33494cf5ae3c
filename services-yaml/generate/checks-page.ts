import { tmpdir } from 'node:os';
import { App } from 'cdktf';
import { allChecks, type DescribedCheck } from '../build/all-checks';
import { buildStacks } from '../build/stacks';
import { formatProblem } from '../load/problem';

/** A longer example repeats the same kind of line. */
const MAX_LINES = 24;

const INTRODUCTION = `<!-- Made by \`npm run generate\` from the checks themselves: the messages are those for the examples. -->

# Checks

\`npm run synth\`, \`cdktf-cloud-run check\` and \`app.synth()\` run these checks before they write anything. An **error** stops the
synth: the settings cannot work, or they disable a protection without a message. A **warning** is printed. All findings of a run are
reported together, in the order of the file; the code is at the end of each message.
`;

/** `docs/checks.md`: each check with an example that triggers it, and the message for that example. */
export function checksPage(): string {
  const rows = allChecks.map(
    ({ code, severity, summary }) => `| [\`${code}\`](#${code}) | ${severity} | ${inTable(summary)} |`,
  );
  const table = ['| code | severity | rule |', '|---|---|---|', ...rows, ''].join('\n');
  return [INTRODUCTION, table, ...allChecks.map(section)].join('\n');
}

function section({ code, example }: DescribedCheck): string {
  return [`## ${code}\n`, fence('yaml', shortened(example)), '', fence('text', messages(code, example)), ''].join('\n');
}

/** The messages of this check for its example; other checks may report it too. */
function messages(code: string, example: string): string {
  // cdktf creates the app's folder in the constructor. An existing folder stays as it is.
  const { problems } = buildStacks(new App({ outdir: tmpdir() }), example);
  const own = problems.filter((problem) => problem.code === code);
  if (own.length === 0) throw new Error(`the example of ${code} does not trigger it`);
  return own.map((problem) => formatProblem('services.yaml', problem)).join('\n');
}

function shortened(example: string): string {
  const lines = example.trimEnd().split('\n');
  if (lines.length <= MAX_LINES) return lines.join('\n');
  const shown = lines.slice(0, MAX_LINES / 2);
  return [...shown, `  # … and ${lines.length - shown.length} more lines like the last`].join('\n');
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function inTable(text: string): string {
  return text.replaceAll('|', '\\|');
}
