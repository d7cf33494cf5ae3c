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

  test('zero values and values that are not there are the same', async () => {
    await workspace.current.write(oneService()).apply();
    const zero = oneService(
      { description: '', invoker_iam_disabled: false, labels: {}, custom_audiences: [] },
      { session_affinity: false },
      { args: [] },
    );
    expect(await workspace.current.write(zero).isUpToDate()).toBe(true);
  });

  test('computed values are not announced as changing, but have changed afterwards', async () => {
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

  test('the order of environment variables means nothing', async () => {
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

describeWithTerraform('what never comes to rest', () => {
  const workspace = useWorkspace();
  const secret = { name: 'S', value_source: { secret_key_ref: { secret: 'db-password' } } };

  test.each([
    ['the service’s scaling left out', { scaling: undefined }, {}, {}],
    ['scaling of the template without a maximum', {}, { scaling: { min_instance_count: 1 } }, {}],
    ['limits with cpu alone', {}, {}, { resources: { limits: { cpu: '2' }, cpu_idle: true } }],
    ['limits with memory alone', {}, {}, { resources: { limits: { memory: '1Gi' }, cpu_idle: true } }],
    ['a secret in the environment without a version', {}, {}, { env: [secret] }],
    ['ports with a name but no port', {}, {}, { ports: { name: 'h2c' } }],
    ['a startup probe without a kind', {}, {}, { startup_probe: { period_seconds: 20 } }],
    ['a network by its short name', {}, { vpc_access: { network_interfaces: [{ network: 'default' }] } }, {}],
    ['a connector by its short name', {}, { vpc_access: { connector: 'c', egress: 'ALL_TRAFFIC' } }, {}],
    ['a stage before beta', { launch_stage: 'ALPHA' }, {}, {}],
    [
      'custom audiences in another order',
      { custom_audiences: ['https://b.example.com', 'https://a.example.com'] },
      {},
      {},
    ],
  ])('%s', async (_, arguments_, template, container) => {
    const { cloud } = workspace.current;
    const account = `serviceAccount:${cloud.projectNumber('acme-prod')}-compute@developer.gserviceaccount.com`;
    cloud.setPolicy('projects/acme-prod/secrets/db-password', { 'roles/secretmanager.secretAccessor': [account] });
    await workspace.current.write(oneService(arguments_, template, container)).apply();
    expect(await workspace.current.isUpToDate()).toBe(false);
  });

  test('a security policy with rules but none for everything else', async () => {
    const rule = [
      {
        action: 'deny(403)',
        priority: 1,
        match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['192.0.2.0/24'] } },
      },
    ];
    await workspace.current
      .write({ resource: { google_compute_security_policy: { edge: { name: 'edge', rule } } } })
      .apply();
    expect(await workspace.current.isUpToDate()).toBe(false);
  });
});

describeWithTerraform('a replacement', () => {
  const workspace = useWorkspace();

  test('is forced by name, location and project, and by nothing else of a service', async () => {
    await workspace.current.write(oneService()).apply();
    const moved = await workspace.current.write(oneService({ location: 'us-central1' })).plan();
    expect(moved.actions).toEqual({ [SERVICE]: 'delete+create' });
    expect(moved.replacedBy(SERVICE)).toEqual(['location']);
    const changed = oneService(
      { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY', invoker_iam_disabled: true },
      { encryption_key: 'k' },
      { image: 'api:2' },
    );
    expect((await workspace.current.write(changed).plan()).actions).toEqual({ [SERVICE]: 'update' });
  });

  test('is forced by a value that is not known yet', async () => {
    const number = { random: 'location' };
    await workspace.current.write(oneService()).apply();
    const stack = {
      resource: {
        ...oneService({ location: '${terraform_data.location.output}' }).resource,
        terraform_data: { location: { input: number.random } },
      },
    };
    expect((await workspace.current.write(stack).plan()).replacedBy(SERVICE)).toEqual(['location']);
  });

  test('makes a new service: another uid, and nobody is bound', async () => {
    await workspace.current.write(oneService()).apply();
    workspace.current.cloud.setPolicy(SERVICE_ID, { 'roles/run.invoker': ['allUsers'] });
    const { uid } = await workspace.current.state(SERVICE);
    await workspace.current.apply(`-replace=${SERVICE}`);
    expect((await workspace.current.state(SERVICE)).uid).not.toBe(uid);
    expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({});
  });

  test('of a domain mapping is forced by everything, its labels included', async () => {
    const mapping = (metadata: object, spec: object = {}) => ({
      resource: {
        ...oneService().resource,
        google_cloud_run_domain_mapping: {
          www: {
            name: 'www.example.com',
            location: 'europe-west1',
            metadata: { namespace: 'acme-prod', ...metadata },
            spec: { route_name: '${google_cloud_run_v2_service.api.name}', ...spec },
          },
        },
      },
    });
    const address = 'google_cloud_run_domain_mapping.www';
    await workspace.current.write(mapping({})).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
    for (const changed of [
      mapping({ labels: { team: 'edge' } }),
      mapping({ namespace: '123456789012' }),
      mapping({}, { force_override: true }),
    ]) {
      expect((await workspace.current.write(changed).plan()).actions).toEqual({ [address]: 'delete+create' });
    }
  });

  test('of a set is forced by an element that differs', async () => {
    const trigger = (value: string) => ({
      resource: {
        ...oneService().resource,
        google_eventarc_trigger: {
          uploads: {
            name: 'uploads',
            location: 'europe-west1',
            matching_criteria: [{ attribute: 'type', value }],
            destination: { cloud_run_service: { service: 'api' } },
          },
        },
      },
    });
    await workspace.current.write(trigger('google.cloud.storage.object.v1.finalized')).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
    const plan = await workspace.current.write(trigger('google.cloud.storage.object.v1.deleted')).plan();
    expect(plan.replacedBy('google_eventarc_trigger.uploads')).toEqual(['matching_criteria']);
  });
});

describeWithTerraform('deletion protection', () => {
  const workspace = useWorkspace();

  test('is read from the state, so that it must be applied as off before a service can go', async () => {
    await workspace.current.write(oneService({ deletion_protection: true })).apply();
    await expect(workspace.current.destroy()).rejects.toThrow(
      'cannot destroy service without setting deletion_protection=false',
    );
    const off = oneService({ deletion_protection: false, location: 'us-central1' });
    await expect(workspace.current.write(off).apply()).rejects.toThrow('deletion_protection=false');
    await workspace.current.write(oneService({ deletion_protection: false })).apply();
    await workspace.current.destroy();
    expect(workspace.current.cloud.find('google_cloud_run_v2_service', SERVICE_ID)).toBeUndefined();
  });
});
