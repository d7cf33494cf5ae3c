import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cloud, copyForPlan, deployed, deployedByState, plannedOn, type ShownValues } from '../../emulator';
import { emptyFolder } from '../empty-folder';
import { cloudBefore, recordedStacks } from '../recordings/recordings';
import { reviewOfText } from '../review/reviewed';
import { describeWithTerraform, useWorkspace, withoutBackend } from './harness';
import { writeModules } from './modules';
import { Plan } from './plan';
import { recordingInOwnProjects } from './recorded-plans';

interface State {
  readonly outputs: object;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: object; readonly sensitive_attributes: readonly object[] }[];
  }[];
}

/** The parts of a state that a plan reads. The etag of a grant depends on the order in which Terraform made the grants of one policy. */
function readByPlans({ outputs, resources }: State): object {
  const managed = resources.filter(({ mode }) => mode === 'managed');
  const values = managed.map(({ type, name, instances: [instance] }) => {
    const paths = instance?.sensitive_attributes.map((path) => JSON.stringify(path)).sort();
    return [
      `${type}.${name}`,
      { ...instance?.attributes, ...(type.includes('_iam_') && { etag: '' }) },
      paths,
    ] as const;
  });
  return { outputs, values: values.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

describeWithTerraform('what is deployed', () => {
  const workspace = useWorkspace();

  test.each(['order-system', 'iap-internal-tool', 'trigger-settings'])(
    'by a plan of %s is what an apply leaves',
    async (example) => {
      const recording = recordedStacks('7.45.0')
        .find((stack) => stack.example === example)
        ?.load();
      if (!recording) throw new Error(`${example} is not recorded`);
      const before = cloudBefore(example);
      const { folder, cloud } = workspace.current;
      Object.assign(cloud.data, structuredClone(before));
      workspace.current.write(withoutBackend(recording.configuration));
      const planned = await deployed({ folder, environment: process.env }, new Cloud(structuredClone(before)));
      await workspace.current.apply();
      const applied = JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8'));
      expect(readByPlans(JSON.parse(JSON.stringify(planned.state)))).toEqual(readByPlans(applied));
      expect(planned.cloud.data.iam).toEqual(cloud.data.iam);
      expect(planned.cloud.data.resources).toEqual(cloud.data.resources);
    },
  );
});

describeWithTerraform('a state of the real provider', () => {
  const workspace = useWorkspace();

  /** The changes of a plan of what is in the workspace on a state, and what `review` says of it. */
  async function planOn(shown: ShownValues) {
    const { folder } = workspace.current;
    const copy = copyForPlan(folder, emptyFolder());
    const json = await plannedOn({ ...copy, environment: process.env }, deployedByState(shown));
    const { findings, differences } = reviewOfText(json.toString());
    const { actions } = new Plan(JSON.parse(json.toString()));
    return { actions, findings, differences };
  }

  test.each(['6.50.0', '7.45.0'])('of %s is not changed by the stacks that made it', async (version) => {
    const stacks = recordedStacks(version)
      .filter(({ example }) => example !== 'order-system')
      .map((stack, number) => ({ name: `stack_${number}`, recording: recordingInOwnProjects(stack, number) }));
    writeModules(
      workspace.current,
      Object.fromEntries(stacks.map(({ name, recording }) => [name, recording.configuration])),
    );
    const states = stacks.map(({ name, recording }) => inModule(name, recording.state.values as ShownValues));
    expect(await planOn({ root_module: { child_modules: states } })).toEqual({
      actions: {},
      findings: [],
      differences: [],
    });
  });

  test('keeps the variables that have no value: a stand-in takes the place of one', async () => {
    const recorded = recordedStacks('7.45.0').find(({ example }) => example === 'iap-internal-tool');
    const { configuration, state } = recorded?.load() ?? {};
    workspace.current.file('main.tf.json', JSON.stringify(configuration));
    expect(await planOn(state?.values as ShownValues)).toEqual({
      actions: { 'google_compute_backend_service.reports-edge_reports': 'update' },
      findings: [],
      differences: [],
    });
  });
});

/** The values of a state as those of a module. */
function inModule(name: string, { root_module }: ShownValues) {
  const resources = root_module?.resources?.map((resource) => ({
    ...resource,
    address: `module.${name}.${resource.address}`,
  }));
  return { address: `module.${name}`, ...(resources && { resources }) };
}
