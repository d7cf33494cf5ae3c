import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../exposure';
import { type PlanReview, reviewMarkdown, reviewPlan, SEVERITIES } from '../../review';
import { API, created, destroyed, INTERNAL, invoker, PUBLIC, service, unchanged, updated } from '../../review/fragment';
import { type CommentSection, comment } from '../../review/render/comment-size';
import { RULES } from '../../review/rules';
import { reviewOfChanges } from './reviewed';

const template = (tag: string) => ({
  template: [{ containers: [{ image: `europe-docker.pkg.dev/acme/apps/api:${tag}` }] }],
});
const opened = () =>
  reviewOfChanges(updated(API, service(template('1')), template('2')), created(PUBLIC, invoker('allUsers')));

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

test('docs/exposure.md shows the comment as the review writes it, its headings one level down', () => {
  const before = service({ uri: 'https://api-abc123-ew.a.run.app', ...INTERNAL, ...template('2.0.1') });
  const review = reviewOfChanges(
    updated(API, before, { ingress: 'INGRESS_TRAFFIC_ALL', ...template('2.1.0') }),
    created(PUBLIC, invoker('allUsers')),
    destroyed('google_pubsub_subscription.orders', { name: 'orders' }),
  );
  const shown = reviewMarkdown([review]).trim().replace(/^#/gm, '##');
  const page = readFileSync(join(__dirname, '../../docs/exposure.md'), 'utf8');
  expect(/<!-- The comment begins here. -->\n\n([\s\S]*)\n\n<!-- The comment ends here. -->/.exec(page)?.[1]).toBe(
    shown,
  );
});

describe('within the size of a comment', () => {
  function section(head: string, count: number, foot?: string): CommentSection {
    const lines = Array.from({ length: count }, (_, i) => {
      const rank = i % SEVERITIES.length;
      return {
        text: () => `| ${SEVERITIES[rank]} ${head}${i} ${'x'.repeat(80)} |`,
        kind: SEVERITIES[rank] ?? '',
        rank,
      };
    });
    return { head, lines, foot };
  }

  test('what fits does not change', () => {
    expect(comment([{ head: 'title', lines: [] }, section('a', 1, 'end')])).toBe(
      `title\n\na\n| critical a0 ${'x'.repeat(80)} |\n\nend`,
    );
  });

  test.each([1_000, 5_000, 65_536])(
    'a comment has at most %i characters, the worst first, and every line counted',
    (most) => {
      const sections = [{ head: 'title', lines: [] }, section('a', 4_000, '</details>'), section('b', 2_000, 'end')];
      const text = comment(sections, most);
      expect(text.length).toBeLessThanOrEqual(most);
      expect(text.length).toBeGreaterThan(most - 500);
      const shown = text.split('\n').filter((line) => line.startsWith('|'));
      const worse = shown.filter((line) => line.startsWith('| critical'));
      expect(worse.length).toBe(Math.min(shown.length, 1_500));
      const counted = [...text.matchAll(/([\d,]+) (?:critical|high|medium|low)(?=[, ])(?! \w\d)/g)];
      const leftOut = counted.reduce((sum, [, number]) => sum + Number(number?.replaceAll(',', '')), 0);
      expect(shown.length + leftOut).toBe(6_000);
      expect(text).toContain('</details>');
    },
  );

  test('parts that do not fit at all are counted', () => {
    const text = comment(Array.from({ length: 3_000 }, (_, i) => section(`plan ${i} ${'y'.repeat(100)}`, 2)));
    expect(text.length).toBeLessThanOrEqual(65_536);
    const heads = text.split('\n').filter((line) => line.startsWith('plan ')).length;
    expect(text).toContain(`… and ${(3_000 - heads).toLocaleString('en-US')} more parts`);
  });
});
