import { planOfAdoption, planOfImports } from '../adopt/round-trip';
import { describeWithTerraform, useWorkspace, withoutBackend } from '../emulator/harness';
import { examples, terraformOf, withoutProtection } from '../examples/examples';

const STACKS = examples().flatMap(({ name, fromYaml }) =>
  Object.entries(terraformOf(fromYaml)).map(([stack, text]) => [`${name}/${stack}`, stack, text] as const),
);

/** What examples call and subscribe to, which other stacks make. */
const ELSEWHERE = [
  ['google_cloud_run_v2_service', 'projects/acme-billing/locations/europe-west1/services/invoices'],
  ['google_pubsub_topic', 'projects/acme-billing/topics/payments'],
] as const;

describeWithTerraform('every example', () => {
  const used = useWorkspace();

  test.each(STACKS)(
    '%s is applied, has nothing left to do, can be adopted as it is, and is destroyed',
    async (_, stack, text) => {
      const workspace = used.current;
      for (const [type, id] of ELSEWHERE) workspace.cloud.put(type, id, {});
      const configuration = withoutBackend(JSON.parse(withoutProtection(text)));
      workspace.write(configuration);
      await workspace.apply(); // which validates
      expect(await workspace.isUpToDate()).toBe(true);
      expect(await planOfAdoption(workspace, stack)).toEqual([]);
      if (text.includes('"google_compute_')) expect(await planOfImports(workspace, configuration)).toEqual([]);

      await workspace.destroy();
      // An API stays on: others may rely on it.
      const { google_project_service: _apis, ...resources } = workspace.cloud.data.resources;
      expect(Object.values(resources).flatMap(Object.keys)).toEqual(ELSEWHERE.map(([, id]) => id));
      expect(workspace.cloud.data.iam).toEqual({});
    },
  );
});
