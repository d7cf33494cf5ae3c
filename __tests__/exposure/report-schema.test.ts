import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportSchema } from '../../exposure/generate/report-schema';

const root = join(__dirname, '../..');

test('exposure.schema.json is what the interface generates (npm run generate)', () => {
  expect(readFileSync(join(root, 'exposure/exposure.schema.json'), 'utf8')).toBe(reportSchema(root));
});
