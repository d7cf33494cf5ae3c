import { describeWithTerraform, useWorkspace } from './harness';
import { member, oneService, SERVICE, SERVICE_ID, service, serviceWith } from './stacks';

const GRANT = 'google_cloud_run_v2_service_iam_member';
const INVOKER = 'roles/run.invoker';

function invokers(members: string[]): object {
  return { google_cloud_run_v2_service_iam_binding: { invokers: { ...member(''), member: undefined, members } } };
}

describeWithTerraform('one member', () => {
  const workspace = useWorkspace();

  test('public to private removes one grant and does not change the service', async () => {
    await workspace.current.write(serviceWith({ public: 'allUsers', ann: 'user:ann@example.com' })).apply();
    const plan = await workspace.current.write(serviceWith({ ann: 'user:ann@example.com' })).plan();
    expect(plan.actions).toEqual({ [`${GRANT}.public`]: 'delete' });
    await workspace.current.applyPlan();
    expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({ [INVOKER]: ['user:ann@example.com'] });
  });

  test('is the same in another case, except where the case is its own', async () => {
    await workspace.current.write(serviceWith({ ann: 'user:Ann@Example.com' })).apply();
    expect((await workspace.current.state(`${GRANT}.ann`)).member).toBe('user:ann@example.com');
    expect(await workspace.current.isUpToDate()).toBe(true);
    expect(await workspace.current.write(serviceWith({ ann: 'user:ANN@example.com' })).isUpToDate()).toBe(true);

    const pool = 'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/Pool/*';
    await workspace.current.write(serviceWith({ ann: pool })).apply();
    expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({ [INVOKER]: [pool] });
    const plan = await workspace.current.write(serviceWith({ ann: pool.replace('Pool', 'pool') })).plan();
    expect(plan.replacedBy(`${GRANT}.ann`)).toEqual(['member']);
  });

  test('has an unknown project while it is planned and the long name of its service afterwards', async () => {
    const plan = await workspace.current.write(serviceWith({ public: 'allUsers' })).plan();
    expect(plan.change(`${GRANT}.public`).after_unknown).toMatchObject({ project: true, etag: true });
    await workspace.current.applyPlan();
    expect(await workspace.current.state(`${GRANT}.public`)).toMatchObject({
      name: SERVICE_ID,
      project: 'acme-prod',
      id: `${SERVICE_ID}/${INVOKER}/allUsers`,
    });
  });

  test('cannot be granted on a missing service', async () => {
    const stack = { resource: { [GRANT]: { ann: { ...member('user:ann@example.com'), name: 'other' } } } };
    await expect(workspace.current.write(stack).apply()).rejects.toThrow(
      /Error applying IAM policy for cloudrunv2 service.*404/,
    );
  });

  test('under a condition is another grant than without it', async () => {
    const condition = { title: 'until', expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
    const grant = (more: object) => ({
      secret_id: 'db-password',
      role: 'roles/secretmanager.secretAccessor',
      member: 'user:ann@example.com',
      ...more,
    });
    const stack = {
      resource: { google_secret_manager_secret_iam_member: { plain: grant({}), until: grant({ condition }) } },
    };
    await workspace.current.write(stack).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
    const { id } = await workspace.current.state('google_secret_manager_secret_iam_member.until');
    expect(id).toBe(
      'projects/acme-prod/secrets/db-password/roles/secretmanager.secretAccessor/user:ann@example.com/until',
    );
    await workspace.current
      .write({ resource: { google_secret_manager_secret_iam_member: { until: grant({ condition }) } } })
      .apply();
    expect(Object.keys(workspace.current.cloud.policy('projects/acme-prod/secrets/db-password'))).toEqual([
      expect.stringMatching(/^roles\/secretmanager.secretAccessor if \{.*"title":"until"\}$/),
    ]);
  });

  test('of a deleted service account stays under another name, and a new account has nothing', async () => {
    const account = { google_service_account: { api: { account_id: 'api-account' } } };
    const granted = {
      resource: { ...account, ...serviceWith({ api: '${google_service_account.api.member}' }).resource },
    };
    await workspace.current.write(granted).apply();
    const kept = await workspace.current.state('google_service_account.api');
    workspace.current.cloud.remove('google_service_account', String(kept.id));
    await workspace.current.write({ resource: { ...granted.resource } }).apply();
    await workspace.current.apply('-replace=google_service_account.api', '-target=google_service_account.api');
    expect(workspace.current.cloud.policy(SERVICE_ID)[INVOKER]).toEqual([
      expect.stringMatching(/^deleted:serviceAccount:api-account@acme-prod.iam.gserviceaccount.com\?uid=\d+$/),
    ]);
    expect((await workspace.current.plan()).actions).toEqual({ [`${GRANT}.api`]: 'create' });
  });
});

describeWithTerraform('a binding', () => {
  const workspace = useWorkspace();

  test('owns its role: earlier members are removed, other roles stay', async () => {
    await workspace.current.write(oneService()).apply();
    workspace.current.cloud.setPolicy(SERVICE_ID, {
      [INVOKER]: ['allUsers'],
      'roles/run.viewer': ['user:bob@example.com'],
    });
    await workspace.current
      .write({ resource: { ...oneService().resource, ...invokers(['group:support@example.com']) } })
      .apply();
    expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({
      [INVOKER]: ['group:support@example.com'],
      'roles/run.viewer': ['user:bob@example.com'],
    });
  });

  test('changes its members in place, and knows them in any case', async () => {
    const bound = (members: string[]) => ({ resource: { ...oneService().resource, ...invokers(members) } });
    await workspace.current.write(bound(['user:ann@example.com'])).apply();
    expect(await workspace.current.write(bound(['user:ANN@example.com'])).isUpToDate()).toBe(true);
    const plan = await workspace.current.write(bound(['user:ann@example.com', 'user:bob@example.com'])).plan();
    expect(plan.actions).toEqual({ 'google_cloud_run_v2_service_iam_binding.invokers': 'update' });
  });

  test('of a role that somebody emptied is restored', async () => {
    await workspace.current
      .write({ resource: { ...oneService().resource, ...invokers(['user:ann@example.com']) } })
      .apply();
    workspace.current.cloud.setPolicy(SERVICE_ID, {});
    expect((await workspace.current.plan()).actions).toEqual({
      'google_cloud_run_v2_service_iam_binding.invokers': 'update',
    });
  });

  test('and a member of the same role undo each other on every apply', async () => {
    const both = {
      resource: { ...serviceWith({ ann: 'user:ann@example.com' }).resource, ...invokers(['user:bob@example.com']) },
    };
    const ordered = JSON.parse(JSON.stringify(both));
    ordered.resource[GRANT].ann.depends_on = ['google_cloud_run_v2_service_iam_binding.invokers'];
    await workspace.current.write(ordered).apply();
    expect((await workspace.current.plan()).actions).toEqual({
      'google_cloud_run_v2_service_iam_binding.invokers': 'update',
    });
    await workspace.current.applyPlan();
    expect((await workspace.current.plan()).actions).toEqual({ [`${GRANT}.ann`]: 'create' });
  });
});

describeWithTerraform('a whole policy', () => {
  const workspace = useWorkspace();

  test('replaces everything, and is compared by content and not by spelling', async () => {
    await workspace.current.write(oneService()).apply();
    workspace.current.cloud.setPolicy(SERVICE_ID, { [INVOKER]: ['allUsers'] });
    const policy = (data: object) => ({
      resource: {
        ...oneService().resource,
        google_cloud_run_v2_service_iam_policy: {
          all: { name: 'api', location: 'europe-west1', policy_data: JSON.stringify(data) },
        },
      },
    });
    const viewer = { role: 'roles/run.viewer', members: ['user:bob@example.com', 'user:ann@example.com'] };
    await workspace.current.write(policy({ bindings: [viewer] })).apply();
    expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({
      'roles/run.viewer': ['user:ann@example.com', 'user:bob@example.com'],
    });
    const otherwise = { bindings: [{ members: [...viewer.members].reverse(), role: viewer.role }] };
    expect(await workspace.current.write(policy(otherwise)).isUpToDate()).toBe(true);
  });
});

describeWithTerraform('domain restriction', () => {
  const workspace = useWorkspace();
  const organizationPolicies = { 'acme-prod': { allowedPolicyMemberDomains: ['example.com'] } };

  test.each(['allUsers', 'allAuthenticatedUsers', 'user:eve@example.org', 'domain:example.org'])(
    'keeps %s out',
    async (outsider) => {
      Object.assign(workspace.current.cloud.data, { organizationPolicies });
      await expect(workspace.current.write(serviceWith({ outsider })).apply()).rejects.toThrow(
        'FAILED_PRECONDITION: One or more users named in the policy do not belong to a permitted customer',
      );
      expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({});
    },
  );

  test.each(['user:ann@example.com', 'domain:example.com', 'serviceAccount:batch@acme-prod.iam.gserviceaccount.com'])(
    'lets %s in',
    async (insider) => {
      Object.assign(workspace.current.cloud.data, { organizationPolicies });
      await workspace.current.write(serviceWith({ insider })).apply();
      expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({ [INVOKER]: [insider] });
    },
  );

  test('does not apply to the invoker check', async () => {
    Object.assign(workspace.current.cloud.data, { organizationPolicies });
    await workspace.current
      .write({ resource: { google_cloud_run_v2_service: { api: service({ invoker_iam_disabled: true }) } } })
      .apply();
    expect((await workspace.current.state(SERVICE)).invoker_iam_disabled).toBe(true);
  });
});
