import { type ExposureReport, exposureMermaid, exposureOf, readTerraformJson } from '../../exposure';
import { describeWithTerraform, useWorkspace, withoutBackend } from '../emulator/harness';
import { examples, terraformOf } from '../examples/examples';
import { parseMermaid } from '../mermaid-parser';

const STACKS = examples().flatMap(({ name, fromYaml }) =>
  Object.entries(terraformOf(fromYaml)).map(([stack, text]) => ({ example: `${name} ${stack}`, text })),
);

function reportOf(json: string): ExposureReport {
  const read = readTerraformJson(json);
  return { stacks: [exposureOf('example', read.kind === 'plan' ? read.plan.after : read.resources)] };
}

test('the mermaid package takes the picture of every example for a flowchart', () => {
  const pictures = STACKS.map(({ text }) => exposureMermaid(reportOf(text)));
  expect(parseMermaid(pictures)).toEqual(pictures.map(() => 'flowchart-v2'));
});

describeWithTerraform('before the first apply', () => {
  const workspace = useWorkspace();

  test.each(STACKS)('the plan of $example has the exposure of its synthesized stack', async ({ text }) => {
    await workspace.current.write(withoutBackend(JSON.parse(text))).init();
    const { json } = await workspace.current.plan();
    expect(reportOf(JSON.stringify(json))).toEqual(reportOf(text));
  });
});
