import { describeWithTerraform, useWorkspace } from './harness';
import { oneService, SERVICE, SERVICE_ID, service } from './stacks';

describeWithTerraform('planning a creation', () => {
  const workspace = useWorkspace();

  test('computed values and blocks are unknown, defaults are filled in, the project comes from the provider', async () => {
    const { after, after_unknown: unknown } = (
      await workspace.current.write(oneService({ deletion_protection: undefined })).plan()
    ).change(SERVICE);
    expect(after).toMatchObject({ project: 'acme-prod', deletion_protection: true });
    expect(unknown).toMatchObject({ id: true, uri: true, ingress: true, traffic: true, latest_ready_revision: true });
    expect(unknown.template).toMatchObject([
      { scaling: true, timeout: true, containers: [{ ports: true, resources: true }] },
    ]);
  });

  test('the attribution label and the provider’s default labels are in the effective labels, not in the labels', async () => {
    const provider = { google: { project: 'acme-prod', default_labels: { team: 'edge' } } };
    const plan = await workspace.current.write({ provider, ...oneService({ labels: { env: 'prod' } }) }).plan();
    expect(plan.change(SERVICE).after).toMatchObject({
      labels: { env: 'prod' },
      effective_labels: { env: 'prod', team: 'edge', 'goog-terraform-provisioned': 'true' },
    });
  });

  test('without a project anywhere there is no plan', async () => {
    const stack = workspace.current.write({ provider: { google: {} }, ...oneService() });
    await expect(stack.plan()).rejects.toThrow('project: required field is not set');
  });

  test('the email of a service account is known, its unique id is not', async () => {
    const stack = workspace.current.write({
      resource: { google_service_account: { api: { account_id: 'api-account' } } },
    });
    const { after, after_unknown: unknown } = (await stack.plan()).change('google_service_account.api');
    expect(after).toMatchObject({
      email: 'api-account@acme-prod.iam.gserviceaccount.com',
      member: 'serviceAccount:api-account@acme-prod.iam.gserviceaccount.com',
    });
    expect(unknown).toMatchObject({ unique_id: true });
  });

  test('an alias of the provider has a project of its own', async () => {
    await workspace.current
      .write({
        provider: { google: [{ project: 'acme-prod' }, { alias: 'staging', project: 'acme-staging' }] },
        resource: {
          google_cloud_run_v2_service: { api: service(), staging: { ...service(), provider: 'google.staging' } },
        },
      })
      .apply();
    expect(Object.keys(workspace.current.cloud.data.resources.google_cloud_run_v2_service ?? {}).sort()).toEqual([
      SERVICE_ID,
      SERVICE_ID.replace('acme-prod', 'acme-staging'),
    ]);
  });
});

describeWithTerraform('planning a change', () => {
  const workspace = useWorkspace();

  test.each([
    ['an argument', { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' }, {}, {}],
    [
      'a list of blocks',
      { traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100, tag: 'blue' }] },
      {},
      {},
    ],
    ['an argument of the template', {}, { timeout: '60s' }, {}],
    ['a block of the template', {}, { scaling: { min_instance_count: 1, max_instance_count: 3 } }, {}],
    ['a block of a container', {}, {}, { resources: { limits: { cpu: '2', memory: '1Gi' }, cpu_idle: false } }],
    ['the startup probe', {}, {}, { startup_probe: { tcp_socket: { port: 9090 } } }],
  ])(
    '%s that is optional and computed keeps its value when it is left out',
    async (_, arguments_, template, container) => {
      await workspace.current.write(oneService(arguments_, template, container)).apply();
      expect(await workspace.current.write(oneService()).isUpToDate()).toBe(true);
    },
  );

  test.each([
    ['an argument', { description: 'the api' }, {}, {}],
    ['a map', { labels: { team: 'edge' } }, {}, {}],
    ['an argument with a default', {}, {}, { liveness_probe: { http_get: { path: '/healthz' } } }],
    ['a block of a container', {}, {}, { env: [{ name: 'LOG_LEVEL', value: 'debug' }] }],
    ['a false one', { invoker_iam_disabled: true }, {}, {}],
  ])('%s that is not computed goes when it is left out', async (_, arguments_, template, container) => {
    await workspace.current.write(oneService(arguments_, template, container)).apply();
    expect((await workspace.current.write(oneService()).plan()).actions).toEqual({ [SERVICE]: 'update' });
    await workspace.current.applyPlan();
    expect(await workspace.current.isUpToDate()).toBe(true);
  });

  test('zero values and missing values are equal', async () => {
    await workspace.current.write(oneService()).apply();
    const zero = oneService(
      { description: '', invoker_iam_disabled: false, labels: {}, custom_audiences: [] },
      { session_affinity: false },
      { args: [] },
    );
    expect(await workspace.current.write(zero).isUpToDate()).toBe(true);
    await workspace.current.write(oneService({ description: 'x' })).apply();
    await workspace.current.write(zero).apply();
    expect(await workspace.current.write(oneService()).isUpToDate()).toBe(true);
  });

  test('computed values do not appear as changes in the plan, but have changed afterwards', async () => {
    await workspace.current.write(oneService()).apply();
    const before = await workspace.current.state(SERVICE);
    const { after_unknown: unknown } = (
      await workspace.current.write(oneService({}, {}, { image: 'api:2' })).plan()
    ).change(SERVICE);
    expect(unknown.latest_ready_revision).toBeUndefined();
    await workspace.current.applyPlan();
    const after = await workspace.current.state(SERVICE);
    expect(after.latest_ready_revision).not.toBe(before.latest_ready_revision);
    expect(after.uid).toBe(before.uid);
  });

  test('only a new template makes a new revision', async () => {
    await workspace.current.write(oneService()).apply();
    const { latest_ready_revision: revision } = await workspace.current.state(SERVICE);
    await workspace.current.write(oneService({ deletion_protection: true, description: 'the api' })).apply();
    expect(await workspace.current.state(SERVICE)).toMatchObject({ latest_ready_revision: revision, generation: '2' });
  });

  test('the order of environment variables does not matter', async () => {
    const env = [{ name: 'A', value: '1' }, { name: 'B', value: '2' }, { name: 'C' }];
    await workspace.current.write(oneService({}, {}, { env })).apply();
    expect(await workspace.current.write(oneService({}, {}, { env: [...env].reverse() })).isUpToDate()).toBe(true);
  });

  test.each(['INGRESS_TRAFFIC_ALL', 'INGRESS_TRAFFIC_INTERNAL_ONLY', 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER'])(
    'ingress changes in place to %s',
    async (ingress) => {
      const from = ingress === 'INGRESS_TRAFFIC_ALL' ? 'INGRESS_TRAFFIC_INTERNAL_ONLY' : 'INGRESS_TRAFFIC_ALL';
      await workspace.current.write(oneService({ ingress: from })).apply();
      expect((await workspace.current.write(oneService({ ingress })).plan()).actions).toEqual({ [SERVICE]: 'update' });
    },
  );
});
