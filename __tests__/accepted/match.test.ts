import fc from 'fast-check';
import type { AcceptedFinding } from '../../accepted/entry';
import { Matcher } from '../../accepted/match';
import { fits, patternOf } from '../../accepted/pattern';

test.each([
  ['google_x.y', 'google_x.y', true],
  ['google_x.y', 'google_x.yz', false],
  ['google_x.*', 'google_x.y', true],
  ['google_x.*', 'google_z.y', false],
  ['module.*.google_x.y["*"]', 'module.a["b/c"].google_x.y["d"]', true],
  ['x.y["a"]', 'x.y["a"]', true],
  ['x.y["a"]', 'x.ya', false],
  ['x.y[?]', 'x.y[1]', false],
  ['x.y["\\*.example.com"]', 'x.y["*.example.com"]', true],
  ['x.y["\\*.example.com"]', 'x.y["evil.example.com"]', false],
  ['a*a', 'a', false],
  ['a*b*a', 'aba', true],
  ['a*ba', 'aba', true],
  ['a*ab', 'ab', false],
  ['*', '', true],
])('%s and %s: %s', (pattern, text, expected) => expect(fits(pattern, text)).toBe(expected));

test('a text fits the pattern made of it, and no other text does', () => {
  const text = fc.string({ unit: fc.constantFrom('*', '\\', '[', '"', 'a', 'b', '.') });
  fc.assert(fc.property(text, text, (a, b) => fits(patternOf(a), b) === (a === b)));
});

test('many asterisks take no extra time', () => {
  const before = Date.now();
  expect(fits('*a'.repeat(10_000), 'b'.repeat(100_000))).toBe(false);
  expect(Date.now() - before).toBeLessThan(2_000);
});

const place = { line: 3, column: 5 };
const entry = (more: Partial<AcceptedFinding> = {}): AcceptedFinding => ({
  ...{ rule: 'caller-added', address: 'grant.a', reason: 'r', until: '2026-11-30', place },
  ...more,
});
const found = (more: object = {}) => ({
  plan: 'prod',
  rule: 'caller-added',
  address: 'grant.a',
  what: ['group:a'],
  ...more,
});

function judge(entries: readonly AcceptedFinding[], finding = found(), today = '2026-11-27') {
  const matcher = new Matcher({ findings: entries, warnings: [] }, today);
  matcher.looksAt(finding.plan);
  const { accepted, lapsed } = matcher.finding(finding);
  return {
    accepted: accepted !== undefined,
    why: lapsed?.why,
    unused: matcher.unused('findings').map(({ why }) => why),
  };
}

const ACCEPTED = { accepted: true, why: undefined, unused: [] };
const UNUSED = 'matches no finding: remove it';
const NOTHING = {
  accepted: false,
  why: undefined,
  unused: [`${UNUSED}, unless a plan that is not reviewed here needs it`],
};

test.each([
  ['the same rule and address', entry(), ACCEPTED],
  ['its last day', entry({ until: '2026-11-27' }), ACCEPTED],
  [
    'the day after',
    entry({ until: '2026-11-26' }),
    { ...ACCEPTED, accepted: false, why: 'accepted it until 2026-11-26' },
  ],
  ['what it opens', entry({ what: ['group:b', 'group:a'] }), ACCEPTED],
  ['something else', entry({ what: ['group:b'] }), { ...ACCEPTED, accepted: false, why: "does not accept 'group:a'" }],
  ['another rule', entry({ rule: 'public-service' }), NOTHING],
  ['another address', entry({ address: 'grant.b' }), NOTHING],
  ['its plan', entry({ plan: 'prod' }), ACCEPTED],
  ['another rule in its plan', entry({ plan: 'prod', rule: 'public-service' }), { ...NOTHING, unused: [UNUSED] }],
  ['another plan', entry({ plan: 'staging' }), { ...NOTHING, unused: [] }],
])('an entry for %s', (_, accepting, expected) => expect(judge([accepting])).toEqual(expected));

test('a finding that opens more than was accepted names what is new', () => {
  const what = ['group:a', 'group:b', 'group:c'];
  expect(judge([entry({ what: ['group:b'] })], found({ what }))).toMatchObject({
    accepted: false,
    why: "does not accept 'group:a', 'group:c'",
  });
});

test('of several entries one that accepts it is enough', () => {
  const entries = [entry({ until: '2026-01-01' }), entry({ what: ['x'], address: '*' }), entry({ plan: 'prod' })];
  expect(judge(entries)).toEqual(ACCEPTED);
});
