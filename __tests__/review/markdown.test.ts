import { readPlan } from '../../exposure';
import { type PlanReview, reviewMarkdown, reviewPlan } from '../../review';
import { API, created, invoker, PUBLIC, service, unchanged, updated } from '../../review/fragment';
import { RULES } from '../../review/rules';
import { reviewOfChanges } from './reviewed';

const image = (tag: string) => ({
  template: [{ containers: [{ image: `europe-docker.pkg.dev/acme/apps/api:${tag}` }] }],
});
const opened = () =>
  reviewOfChanges(updated(API, service(image('1')), image('2')), created(PUBLIC, invoker('allUsers')));

/** The text outside of all folded sections. */
const unfolded = (text: string) => text.replace(/<details>[\s\S]*?<\/details>/g, '');

test('severe findings are visible, low ones and what to do are folded', () => {
  const text = reviewMarkdown([opened()]);
  expect(unfolded(text)).toContain('🟥&nbsp;critical | api becomes callable by anyone');
  expect(unfolded(text)).not.toContain('a new revision of api rolls out');
  expect(text).toContain('<summary>1 low</summary>');
  expect(text).toContain('<summary>If it is not intended</summary>');
});

test('accepted findings are folded, with the reason, and nothing in the reason is markup', () => {
  const accepted = { reason: '</details> | @anna *asked*', until: '2026-12-31' };
  const { findings, ...rest } = opened();
  const text = reviewMarkdown([{ ...rest, findings: findings.map((finding) => ({ ...finding, accepted })) }]);
  expect(text).toContain('prod: 2 accepted\n');
  expect(text).toContain('<summary>2 accepted</summary>');
  expect(unfolded(text)).not.toContain('api becomes callable');
  expect(text).toContain('until 2026-12-31: \\</details\\> \\| @\u200banna \\*asked\\*');
  expect(text.match(/^<\/details>$/gm)).toHaveLength(1);
});

test('a finding that an entry does not accept any more is visible, with the reason', () => {
  const { findings, ...rest } = opened();
  const lapsed = 'accepted.yaml:3:5 accepted it until 2026-01-01';
  const text = reviewMarkdown([{ ...rest, findings: findings.map((finding) => ({ ...finding, lapsed })) }]);
  expect(unfolded(text)).toContain(`(${lapsed})`);
});

test('entries that match nothing are named', () => {
  const note = { file: 'accepted.yaml', line: 3, column: 5, message: 'matches no finding: remove it' };
  expect(reviewMarkdown([opened()], [note])).toContain('- accepted.yaml:3:5 matches no finding: remove it');
});

const SILENT = '<!-- cdktf-cloud-run: nothing to say -->';

test('an action can recognize a review without findings', () => {
  const quiet = reviewOfChanges(unchanged(API, service()));
  expect(reviewMarkdown([quiet])).toContain(SILENT);
  expect(reviewMarkdown([quiet, opened()])).not.toContain(SILENT);
});

test('of 500 findings the most severe are kept, within the size of a comment', () => {
  const examples = RULES.flatMap(({ example }) => reviewPlan('prod', 'prod.json', readPlan(example.found)).findings);
  const findings = Array.from({ length: 500 }, (_, i) => examples[i % examples.length] ?? examples[0]);
  const many = { ...opened(), findings } as PlanReview;
  const text = reviewMarkdown([many]);
  expect(text.length).toBeLessThan(65_536);
  const criticals = findings.filter((finding) => finding?.severity === 'critical').length;
  expect(text.match(/^\| 🟥/gm)).toHaveLength(criticals);
  expect(text).toMatch(/… and [\d,]+ \w+.* more, left out because a comment has a size limit/);
});
