import { code, markdownTable, type PlanJson, readPlan } from '../../exposure';
import { reviewedPlan } from '../reviewed-plan';
import type { Rule } from '../rule';
import { RULES } from '../rules';

/** The page of all rules, from the rules themselves: text of `docs/review-rules.md`. */
export function rulesPage(): string {
  const rows = RULES.map(({ id, severity, finds }) => [`[${code(id)}](#${id})`, severity, finds]);
  return `${[HEAD, markdownTable(['rule', 'severity', 'finds'], rows), ...RULES.map(ruleSection)].join('\n\n')}\n`;
}

const HEAD = `# What \`cdktf-cloud-run review\` looks for

<!-- Generated from review/rules by \`npm run generate\`: change the rules, not this page. -->

For each rule: a part of a plan with a finding, the message of the finding, and a part of a plan without a finding. The
tests run both.`;

function ruleSection({ id, severity, finds, remedy, example, find }: Rule): string {
  const found = find(reviewedPlan('prod', readPlan(example.found)));
  const messages = found.map(({ address, message }) => `> ${message}${address === '' ? '' : `<br>${code(address)}`}`);
  return `## ${id}

**${severity}**: ${finds}.

If it is not intended: ${remedy}.

Found here:

${json(example.found)}

${messages.join('\n>\n')}

Not found here:

${json(example.notFound)}`;
}

function json(fragment: PlanJson): string {
  return `\`\`\`json\n${indented(fragment)}\n\`\`\``;
}

/** How deep JSON is broken into lines: a plan, its changes, a change, its two sides. */
const DEEPEST = 4;

function indented(value: unknown, depth = 0): string {
  if (depth >= DEEPEST || typeof value !== 'object' || value === null) return inline(value);
  const list = Array.isArray(value);
  const members = list
    ? value.map((element) => indented(element, depth + 1))
    : Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${indented(member, depth + 1)}`);
  const space = '  '.repeat(depth);
  return `${list ? '[' : '{'}\n${members.map((member) => `${space}  ${member}`).join(',\n')}\n${space}${list ? ']' : '}'}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inline(member)}`);
  return `{ ${members.join(', ')} }`;
}
