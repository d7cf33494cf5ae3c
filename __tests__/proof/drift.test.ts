import type { CloudRunServiceProps } from '../../constructs';
import { describeWithTerraform, Workspace } from '../emulator/harness';
import { servicesOf } from './configuration';

const TYPE = 'google_cloud_run_v2_service';
const ID = 'projects/acme-prod/locations/europe-west1/services/api';
const INVOKER = 'roles/run.invoker';

describeWithTerraform('what is changed outside Terraform shows in the next plan', () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.open();
  });
  afterEach(() => workspace.close());

  async function apply(props: Partial<CloudRunServiceProps>): Promise<void> {
    await workspace.write(servicesOf({ api: props })).apply();
  }

  test('ingress that was opened by hand is closed again', async () => {
    await apply({ ingress: 'internal' });
    workspace.cloud.put(TYPE, ID, { ...workspace.cloud.find(TYPE, ID), ingress: 'INGRESS_TRAFFIC_ALL' });
    const plan = await workspace.plan();
    expect(plan.drift).toEqual({ [`${TYPE}.api`]: 'update' });
    expect(plan.change(`${TYPE}.api`)).toMatchObject({
      actions: ['update'],
      before: { ingress: 'INGRESS_TRAFFIC_ALL' },
      after: { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' },
    });
  });

  test('a grant to everybody by hand is taken back by an authoritative policy', async () => {
    await apply({ invokers: ['user:a@example.com'], invokerPolicy: 'authoritative' });
    workspace.cloud.setPolicy(ID, { [INVOKER]: ['user:a@example.com', 'allUsers'] });
    const plan = await workspace.plan();
    expect(plan.actions).toEqual({ 'google_cloud_run_v2_service_iam_binding.api_invokers': 'update' });
    await workspace.applyPlan();
    expect(workspace.cloud.policy(ID)).toEqual({ [INVOKER]: ['user:a@example.com'] });
  });

  test('a grant to everybody by hand is left by an additive policy, which does not see it', async () => {
    await apply({ invokers: ['user:a@example.com'] });
    workspace.cloud.setPolicy(ID, { [INVOKER]: ['user:a@example.com', 'allUsers'] });
    expect(await workspace.isUpToDate()).toBe(true);
  });

  test('a grant that was taken away by hand is given again', async () => {
    await apply({ access: 'public' });
    workspace.cloud.setPolicy(ID, {});
    const plan = await workspace.plan();
    expect(plan.actions).toEqual({ 'google_cloud_run_v2_service_iam_member.api_public': 'create' });
  });

  test('a service that was deleted by hand is created again, with its grants', async () => {
    await apply({ access: 'public' });
    workspace.cloud.remove(TYPE, ID);
    workspace.cloud.setPolicy(ID, {});
    const plan = await workspace.plan();
    expect(plan.actions).toEqual({
      [`${TYPE}.api`]: 'create',
      'google_cloud_run_v2_service_iam_member.api_public': 'create',
    });
    await workspace.applyPlan();
    expect(workspace.cloud.policy(ID)).toEqual({ [INVOKER]: ['allUsers'] });
  });
});
