import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../exposure';
import { SEVERITIES } from '../../review';
import { rulesPage } from '../../review/generate/rules-page';
import { reviewedPlan } from '../../review/reviewed-plan';
import { RULES } from '../../review/rules';

const rules = RULES.map((rule) => [rule.id, rule] as const);

test.each(rules)('%s is found in its example, and not in the counterexample', (_, { find, example }) => {
  const found = find(reviewedPlan('prod', readPlan(example.found)));
  expect(found).not.toEqual([]);
  expect(found).toMatchSnapshot();
  expect(find(reviewedPlan('prod', readPlan(example.notFound)))).toEqual([]);
});

test.each(rules)('%s is written as one sentence: lower case, no full stop', (_, { finds, remedy }) => {
  expect(finds).toMatch(/^(?:[a-z]|Terraform|IAP|Binary Authorization)[\s\S]*[^.]$/);
  expect(remedy).toMatch(/^[a-z][\s\S]*[^.]$/);
});

test('rules have different ids and are listed most severe first', () => {
  const ids = RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const ranks = RULES.map(({ severity }) => SEVERITIES.indexOf(severity));
  expect(ranks).toEqual([...ranks].sort());
});

test('docs/review-rules.md is what the rules generate (npm run generate)', () => {
  expect(readFileSync(join(__dirname, '../../docs/review-rules.md'), 'utf8')).toBe(rulesPage());
});
