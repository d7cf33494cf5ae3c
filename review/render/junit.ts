import { printable } from '../../exposure/index';
import { acceptanceWords, causesWords, type Finding } from '../finding';
import type { PlanReview } from '../review';
import { ruleIds } from '../rules/index';
import { type AcceptedNote, acceptedNoteWords } from '../summary';

/** A test case; without a result, it passes. */
interface TestCase {
  readonly name: string;
  readonly result?: {
    readonly kind: 'failure' | 'skipped' | 'system-out';
    readonly message: string;
    readonly text: string;
  };
}

/**
 * The review as JUnit XML: one suite for each plan, one test case for each finding, and one that passes for each rule that found
 * nothing. Accepted findings are skipped; low findings pass, with their message as output.
 */
export function reviewJunit(reviews: readonly PlanReview[], accepted: readonly AcceptedNote[] = []): string {
  const suites = reviews.map(({ plan, findings, notes }) =>
    suite(`review of ${plan}`, [...findings.map(findingCase), ...passing(findings)], notes),
  );
  const unused = accepted.map((note): TestCase => {
    const words = acceptedNoteWords(note);
    return { name: words, result: { kind: 'skipped', message: note.message, text: words } };
  });
  const all = unused.length > 0 ? [...suites, suite('accepted findings', unused, [])] : suites;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="cdktf-cloud-run review">',
    ...all,
    '</testsuites>',
    '',
  ].join('\n');
}

function findingCase(finding: Finding): TestCase {
  const { severity, rule, address, message, remedy, accepted, lapsed, source } = finding;
  const where = source ? [`${source.file}:${source.line}:${source.column}`] : [];
  const acceptance = accepted ? acceptanceWords(accepted) : (lapsed ?? '');
  const lines = [
    acceptance,
    address,
    causesWords(finding, (cause) => cause),
    ...where,
    `if it is not intended: ${remedy}`,
  ];
  const text = lines
    .filter((line) => line !== '')
    .map(printable)
    .join('\n');
  const kind = accepted ? 'skipped' : severity === 'low' ? 'system-out' : 'failure';
  // Test cases of one name are one to GitLab.
  const name = `${rule}: ${message}${address === '' ? '' : ` (${address})`}`;
  return {
    name,
    result: { kind, message: `${severity}: ${accepted ? acceptance : message}`, text: `${severity}: ${text}` },
  };
}

function passing(findings: readonly Finding[]): readonly TestCase[] {
  const found = new Set(findings.map(({ rule }) => rule));
  return ruleIds.filter((rule) => !found.has(rule)).map((name) => ({ name }));
}

function suite(name: string, cases: readonly TestCase[], notes: readonly string[]): string {
  const count = (kind: string) => cases.filter(({ result }) => result?.kind === kind).length;
  const counts = { tests: cases.length, failures: count('failure'), errors: 0, skipped: count('skipped') };
  return [
    `  <testsuite${attributes({ name, ...counts })}>`,
    ...cases.map((each) => testCase(each, name)),
    ...(notes.length > 0 ? [`    <system-out>${escaped(notes.map(printable).join('\n'))}</system-out>`] : []),
    '  </testsuite>',
  ].join('\n');
}

function testCase({ name, result }: TestCase, classname: string): string {
  const open = `    <testcase${attributes({ name: printable(name), classname })}`;
  if (!result) return `${open}/>`;
  const { kind, message, text } = result;
  const inTag = kind === 'system-out' ? '' : attributes({ message: printable(message) });
  return `${open}>\n      <${kind}${inTag}>${escaped(text)}</${kind}>\n    </testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for XML. XML 1.0 cannot contain most control characters, unpaired surrogates, and two more characters: they are replaced. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
