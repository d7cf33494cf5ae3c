import { type ExposureReport, exposureMermaid, exposureOf, readTerraformJson } from '../../exposure';
import { describeWithTerraform, Workspace, withoutBackend } from '../emulator/harness';
import { writeModules } from '../emulator/modules';
import { planOfModule } from '../emulator/plan-of-module';
import { examples, terraformOf } from '../examples/examples';
import { parseMermaid } from '../mermaid-parser';

const STACKS = examples()
  .flatMap(({ name, fromYaml }) =>
    Object.entries(terraformOf(fromYaml)).map(([stack, text]) => ({ example: `${name} ${stack}`, text })),
  )
  .map((stack, number) => ({ ...stack, module: `stack_${number}` }));

function reportOf(json: string): ExposureReport {
  const read = readTerraformJson(json);
  return { stacks: [exposureOf('example', read.kind === 'plan' ? read.plan.after : read.resources)] };
}

test('the mermaid package takes the picture of every example for a flowchart', () => {
  const pictures = STACKS.map(({ text }) => exposureMermaid(reportOf(text)));
  expect(parseMermaid(pictures)).toEqual(pictures.map(() => 'flowchart-v2'));
});

describeWithTerraform('before the first apply', () => {
  let plan: object;

  // One plan for all: each stack is a module.
  beforeAll(async () => {
    const workspace = await Workspace.open();
    try {
      const stacks = STACKS.map(({ module, text }) => [module, withoutBackend(JSON.parse(text))]);
      writeModules(workspace, Object.fromEntries(stacks));
      plan = (await workspace.plan()).json;
    } finally {
      await workspace.close();
    }
  });

  test.each(STACKS)('the plan of $example has the exposure of its synthesized stack', ({ module, text }) => {
    expect(reportOf(JSON.stringify(planOfModule(plan, module)))).toEqual(reportOf(text));
  });
});
