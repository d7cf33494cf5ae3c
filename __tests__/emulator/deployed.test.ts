import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cloud, copyForPlan, deployed, deployedByState, plannedOn } from '../../emulator';
import { readTerraformJson } from '../../exposure';
import { reviewPlan } from '../../review';
import { cloudBefore, type RecordedPlan, recordedStacks } from '../recordings/recordings';
import { describeWithTerraform, useWorkspace, withoutBackend } from './harness';

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

  test.each(['6.50.0', '7.45.0'])('of %s is not changed by the stack that made it', async (version) => {
    for (const stack of recordedStacks(version).filter(({ example }) => example !== 'order-system')) {
      const { configuration, state } = stack.load();
      const [from, to] = ['from', 'to'].map((side) =>
        join(workspace.current.folder, `${stack.example}-${stack.stack}-${side}`),
      );
      mkdirSync(from as string);
      workspace.current.file(
        join(`${stack.example}-${stack.stack}-from`, 'main.tf.json'),
        JSON.stringify(configuration),
      );
      const copy = copyForPlan(from as string, to as string);
      const text = await plannedOn({ ...copy, environment: process.env }, deployedByState(state.values as never));
      const read = readTerraformJson(text.toString());
      if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
      const { findings, differences } = reviewPlan('prod', 'prod.json', read.plan);
      expect({ example: stack.example, findings, differences }).toEqual({
        example: stack.example,
        findings: [],
        differences: [],
      });
      const changes: RecordedPlan['resource_changes'] = JSON.parse(text.toString()).resource_changes;
      const changed = changes.filter(({ change: { actions } }) => !['no-op', 'read'].includes(actions[0] ?? ''));
      // A secret of the recording, which is replaced by a stand-in.
      const expected = copy.variables.length > 0 ? ['google_compute_backend_service.reports-edge_reports'] : [];
      expect(changed.map(({ address }) => address)).toEqual(expected);
    }
  });
});
