import { type CommentSection, comment } from '../../review/render/comment-size';

const SEVERITIES = ['critical', 'high', 'medium', 'low'];

function section(head: string, count: number, foot?: string): CommentSection {
  const lines = Array.from({ length: count }, (_, i) => {
    const rank = i % SEVERITIES.length;
    return { text: () => `| ${SEVERITIES[rank]} ${head}${i} ${'x'.repeat(80)} |`, kind: SEVERITIES[rank] ?? '', rank };
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
