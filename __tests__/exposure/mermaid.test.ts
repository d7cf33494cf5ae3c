import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exposureMermaid } from '../../exposure';
import { parseMermaid } from '../mermaid-parser';
import { stackExposure } from './stack-exposure';

const NAMES = ['"quoted"', '<b>', 'a#b;c', 'end', 'x]y', '`code`', 'a|b', '{{x}}', 'é ü 日本', 'a\nb', '%% x', '--> y'];

function picture(json: string): string {
  return exposureMermaid({ stacks: [stackExposure(json)] });
}

test('the mermaid package takes every picture for a flowchart', () => {
  const shop = readFileSync(join(__dirname, 'inputs', 'shop.tf.json'), 'utf8');
  expect(parseMermaid([picture(shop), picture('{"terraform": {}}')])).toEqual(['flowchart-v2', 'flowchart-v2']);
});

test('no name breaks the picture', () => {
  const pictures = NAMES.map((name) => {
    const grant = { name, location: name, role: 'roles/run.invoker', member: `user:${name}` };
    const resource = {
      google_cloud_run_v2_service: { api: { name, location: name } },
      google_cloud_run_v2_service_iam_member: { x: grant },
    };
    return picture(JSON.stringify({ resource }));
  });
  expect(parseMermaid(pictures)).toEqual(NAMES.map(() => 'flowchart-v2'));
});
