import type { CloudRunServiceProps } from '../../constructs';
import { describeWithTerraform, useWorkspace } from '../emulator/harness';
import { servicesOf } from './configuration';

const TYPE = 'google_cloud_run_v2_service';
const ID = 'projects/acme-prod/locations/europe-west1/services/api';
const INVOKER = 'roles/run.invoker';

describeWithTerraform('what is changed outside Terraform shows in the next plan', () => {
  const used = useWorkspace();

  async function apply(props: Partial<CloudRunServiceProps<string>>): Promise<void> {
    await used.current.write(servicesOf({ api: props })).apply();
  }

  test('ingress that was opened by hand is closed again', async () => {
    await apply({ ingress: 'internal' });
    used.current.cloud.put(TYPE, ID, { ...used.current.cloud.find(TYPE, ID), ingress: 'INGRESS_TRAFFIC_ALL' });
    const plan = await used.current.plan();
    expect(plan.drift).toEqual({ [`${TYPE}.api`]: 'update' });
    expect(plan.change(`${TYPE}.api`)).toMatchObject({
      actions: ['update'],
      before: { ingress: 'INGRESS_TRAFFIC_ALL' },
      after: { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' },
    });
  });

  test('a grant to everybody by hand is removed by an authoritative policy', async () => {
    await apply({ invokers: ['user:a@example.com'], invokerPolicy: 'authoritative' });
    used.current.cloud.setPolicy(ID, { [INVOKER]: ['user:a@example.com', 'allUsers'] });
    const plan = await used.current.plan();
    expect(plan.actions).toEqual({ 'google_cloud_run_v2_service_iam_binding.api_invokers': 'update' });
    await used.current.applyPlan();
    expect(used.current.cloud.policy(ID)).toEqual({ [INVOKER]: ['user:a@example.com'] });
  });

  test('a grant to everybody by hand stays under an additive policy, which does not see it', async () => {
    await apply({ invokers: ['user:a@example.com'] });
    used.current.cloud.setPolicy(ID, { [INVOKER]: ['user:a@example.com', 'allUsers'] });
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('a grant that was removed by hand is created again', async () => {
    await apply({ access: 'public' });
    used.current.cloud.setPolicy(ID, {});
    const plan = await used.current.plan();
    expect(plan.actions).toEqual({ 'google_cloud_run_v2_service_iam_member.api_public': 'create' });
  });

  test('a service that was deleted by hand is created again, with its grants', async () => {
    await apply({ access: 'public' });
    used.current.cloud.remove(TYPE, ID);
    used.current.cloud.setPolicy(ID, {});
    const plan = await used.current.plan();
    expect(plan.actions).toEqual({
      [`${TYPE}.api`]: 'create',
      'google_cloud_run_v2_service_iam_member.api_public': 'create',
    });
    await used.current.applyPlan();
    expect(used.current.cloud.policy(ID)).toEqual({ [INVOKER]: ['allUsers'] });
  });
});
