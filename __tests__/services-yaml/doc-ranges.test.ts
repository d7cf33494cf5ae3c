import { wrongRanges } from '../../services-yaml/generate/limits';

const ACCEPTED = {
  Base: {
    deadline: { least: '15s', most: '30m' },
    attempts: { least: 0, most: 5 },
    rate: { least: 0.001, most: 500 },
    expiration: { least: '1d' },
    disk: { least: 10 * 2 ** 30 },
    delay: [
      { least: 0, most: 240 },
      { least: 0, most: 3600 },
    ],
  },
};

/** What is wrong with the doc line of a key of `Base`, which `Derived` extends. */
function wrong(key: string, description: string): string[] {
  const base = { [key]: { description } };
  const derived = { ...base, other: { description: 'Another key.' } };
  return wrongRanges({ Derived: { properties: derived }, Base: { properties: base } }, ACCEPTED);
}

test.each([
  ['deadline', 'Time to answer, 15 seconds to 30 minutes.'],
  ['deadline', 'Time to answer, 15 to 1800 seconds.'],
  ['attempts', 'Attempts after a failed one: 0 to 5.'],
  ['rate', 'Tasks a second, at most 500.'],
  ['expiration', 'Time without a subscriber, at least a day, or `never`.'],
  ['expiration', 'Time without a subscriber, at least 24 hours.'],
  ['disk', 'A disk has this size, at least `10Gi`.'],
  ['delay', 'Seconds: 0 to 240 at the start, 0 to 3600 later; at most `periodSeconds`.'],
  ['name', 'A name that leads from one to another.'],
])('the range in the doc line of %s is that of the checks: %s', (key, description) => {
  expect(wrong(key, description)).toEqual([]);
});

test.each([
  ['deadline', '15 seconds to 20 minutes', 'and the checks accept 15 seconds to 30 minutes'],
  ['attempts', '0 to 6', 'and the checks accept 0 to 5'],
  ['rate', 'at most 400', 'and the checks accept 0.001 to 500'],
  ['expiration', 'at least 2 days', 'and the checks accept at least one day'],
  ['delay', '0 to 360', 'and the checks accept 0 to 240 or 0 to 3600'],
  ['attempts', 'At most 6', 'and the checks accept 0 to 5'],
  [
    'size',
    '1 to 3',
    "which no check is known to accept; add the limit of the check under 'Base' to ACCEPTED in services-yaml/generate/limits.ts",
  ],
])('another range in the doc line of %s is reported once, at the interface that declares it', (key, words, rest) => {
  expect(wrong(key, `What it is, ${words}.`)).toEqual([`Base.${key}: the doc line says '${words}', ${rest}`]);
});

test('the keys of inner maps and of alternatives are read too', () => {
  const inner = (words: string) => ({ properties: { attempts: { description: words } } });
  const definitions = { Base: { properties: { retry: inner('0 to 9') } }, Other: { anyOf: [inner('0 to 8')] } };
  expect(wrongRanges(definitions, ACCEPTED)).toHaveLength(2);
});
