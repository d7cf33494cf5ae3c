import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesPage } from '../../review/generate/rules-page';

test('docs/review-rules.md is what the rules generate (npm run generate)', () => {
  expect(readFileSync(join(__dirname, '../../docs/review-rules.md'), 'utf8')).toBe(rulesPage());
});
