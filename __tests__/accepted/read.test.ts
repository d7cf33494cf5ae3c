import fc from 'fast-check';
import { readAccepted } from '../../accepted/read';
import { formatProblem } from '../../services-yaml/load/problem';

const ACCEPTABLE = {
  rules: () => ['public-service', 'caller-added', 'incomplete-plan'],
  warnings: () => ['domain-mapping-preview', 'image-latest'],
};

const read = (text: string) => readAccepted(text, ACCEPTABLE);
const messages = (text: string) => read(text).problems.map((problem) => formatProblem('accepted.yaml', problem));

const BOMB = ['- &a0 [x, x]', ...Array.from({ length: 40 }, (_, i) => `- &a${i + 1} [*a${i}, *a${i}]`)].join('\n');

const FINE = `# What the team accepts.
- rule: public-service
  address: google_cloud_run_v2_service.status
  reason: the status page is public
  until: 2026-12-31
  what: [status from internet at https://status.example.com/]
- {rule: caller-added, address: 'x.y["a"]', plan: prod, what: one, reason: r, until: "2026-01-31"}
- {warning: image-latest, path: services.*.image, reason: a sandbox, until: 2026-02-28}
`;

test('findings and warnings with the place of each entry', () => {
  expect(read(FINE)).toEqual({
    findings: [
      {
        rule: 'public-service',
        address: 'google_cloud_run_v2_service.status',
        reason: 'the status page is public',
        until: '2026-12-31',
        what: ['status from internet at https://status.example.com/'],
        place: { line: 2, column: 3 },
      },
      {
        ...{
          rule: 'caller-added',
          address: 'x.y["a"]',
          plan: 'prod',
          what: ['one'],
          reason: 'r',
          until: '2026-01-31',
        },
        place: { line: 7, column: 3 },
      },
    ],
    warnings: [
      {
        ...{
          warning: 'image-latest',
          path: 'services.*.image',
          reason: 'a sandbox',
          until: '2026-02-28',
        },
        place: { line: 8, column: 3 },
      },
    ],
    problems: [],
  });
});

test.each([['', '\n\n', '# nothing is left\n', '[]\n']])('a file without entries is accepted', (text) => {
  expect(read(text)).toEqual({ findings: [], warnings: [], problems: [] });
});

test('all mistakes are reported at once, each with its place and what to write', () => {
  const text = `- rule: publik-service
  address: google_cloud_run_v2_service.a
  reason: "  "
  until: 2026-12-31
- rule: public-service
  adress: google_cloud_run_v2_service.a
  reason: r
  until: 20261231
- warning: image-latest
  until: 2026-12-31
- rule: public-service
  warning: image-latest
- note: none
- 5
`;
  expect(messages(text)).toMatchInlineSnapshot(`
    [
      "accepted.yaml:3:11 [0].reason: '  ' is blank: write something, or remove it",
      "accepted.yaml:6:3 [1].adress: unknown key 'adress' (did you mean 'address'?)",
      "accepted.yaml:8:10 [1].until: 20261231 is not a string: quote it, "20261231"",
      "accepted.yaml:9:3 [2]: the key 'path' is missing",
      "accepted.yaml:9:3 [2]: the key 'reason' is missing",
      "accepted.yaml:11:3 [3]: rule and warning exclude each other: write one of them",
      "accepted.yaml:13:3 [4]: write exactly one of the keys rule, warning",
      "accepted.yaml:13:3 [4].note: unknown key 'note'",
      "accepted.yaml:14:3 [5]: 5 is not {rule: …, address: …, reason: …, until: …} or {warning: …, path: …, reason: …, until: …}",
    ]
  `);
});

test('names, dates and duplicates are checked if the form is right', () => {
  const text = `- {rule: publik-service, address: a, reason: r, until: 2026-02-30}
- {warning: image-latst, path: a, reason: r, until: tomorrow}
- {rule: public-service, address: a, reason: r, until: 2026-12-31}
- {rule: public-service, address: a, reason: other, until: 2027-12-31, what: [x]}
- {rule: public-service, address: a, plan: prod, reason: r, until: 2026-12-31}
- {rule: incomplete-plan, address: a, reason: r, until: 2026-12-31}
- {rule: '*', address: a, reason: r, until: 2026-12-31}
`;
  expect(messages(text)).toMatchInlineSnapshot(`
    [
      "accepted.yaml:1:10 [0].rule: there is no rule 'publik-service' (did you mean 'public-service'?)",
      "accepted.yaml:1:56 [0].until: '2026-02-30' is not a date: write YYYY-MM-DD",
      "accepted.yaml:2:13 [1].warning: no check warns with 'image-latst' (did you mean 'image-latest'?)",
      "accepted.yaml:2:53 [1].until: 'tomorrow' is not a date: write YYYY-MM-DD",
      "accepted.yaml:4:3 [3]: accepts the same as the entry in line 3: write one of them",
      "accepted.yaml:6:10 [5].rule: 'incomplete-plan' cannot be accepted: what is left out is not known; run with --allow-incomplete",
      "accepted.yaml:7:10 [6].rule: there is no rule '*'",
    ]
  `);
});

test.each([
  ['a map', 'rule: public-service\n'],
  ['broken YAML', '- rule: [public-service\n'],
  ['a key written twice', '- {rule: public-service, rule: caller-added, address: a, reason: r, until: 2026-12-31}\n'],
  ['aliases without end', BOMB],
])('%s is refused, and no entry counts', (_, text) => {
  const { problems, findings } = read(text);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.every(({ place, severity }) => place !== undefined && severity === 'error')).toBe(true);
  expect(findings).toEqual([]);
});

test('any text gives entries, or problems with a place', () => {
  const piece = fc.constantFrom(
    '- ',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '*a ',
    '&a ',
    '\n',
    '  ',
    'rule',
    'what',
    'until',
    '!x ',
    '"',
    '5',
    '\0',
    '# ',
  );
  const text = fc.tuple(fc.nat(FINE.length), fc.nat(8), fc.array(piece, { maxLength: 6 }));
  fc.assert(
    fc.property(text, ([at, removed, pieces]) => {
      const { findings, warnings, problems } = read(FINE.slice(0, at) + pieces.join('') + FINE.slice(at + removed));
      expect(problems.every(({ place }) => place !== undefined)).toBe(true);
      if (problems.length > 0) expect([...findings, ...warnings]).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
