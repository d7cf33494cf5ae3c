import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportSchema } from './report-schema';

const root = join(__dirname, '..', '..');
writeFileSync(join(root, 'exposure', 'exposure.schema.json'), reportSchema(root));
