import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exposureMermaid } from '../../exposure';
import { FOLDER as EXAMPLES } from '../examples/examples';
import { parseMermaid } from '../mermaid-parser';
import { stackExposure } from './stack-exposure';

const NAMES = ['"quoted"', '<b>', 'a#b;c', 'end', 'x]y', '`code`', 'a|b', '{{x}}', 'é ü 日本', 'a\nb', '%% x', '--> y'];

function picture(json: string): string {
  return exposureMermaid({ stacks: [stackExposure(json)] });
}

test('the mermaid package takes every picture for a flowchart, whatever names are in it', () => {
  const shop = readFileSync(join(__dirname, 'inputs', 'shop.tf.json'), 'utf8');
  const pictures = NAMES.map((name) => {
    const grant = { name, location: name, role: 'roles/run.invoker', member: `user:${name}` };
    const resource = {
      google_cloud_run_v2_service: { api: { name, location: name } },
      google_cloud_run_v2_service_iam_member: { x: grant },
    };
    return picture(JSON.stringify({ resource }));
  });
  const examples = readdirSync(EXAMPLES, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.tf.json'))
    .map((file) => picture(readFileSync(join(EXAMPLES, file), 'utf8')));
  expect(examples.length).toBeGreaterThan(0);
  const all = [picture(shop), picture('{"terraform": {}}'), ...pictures, ...examples];
  expect(parseMermaid(all)).toEqual(all.map(() => 'flowchart-v2'));
});
