import { describeWithTerraform, useWorkspace } from './harness';
import { oneService, SERVICE, SERVICE_ID, service } from './stacks';

const TYPE = 'google_cloud_run_v2_service';

describeWithTerraform('Cloud Run refuses', () => {
  const workspace = useWorkspace();

  test('a second service of one name', async () => {
    await workspace.current.write(oneService()).apply();
    await workspace.current.terraform('state', 'rm', SERVICE);
    await expect(workspace.current.apply()).rejects.toThrow(
      /Error creating Service: googleapi: Error 409: .*already exists/,
    );
  });

  const several = (ingress: number) =>
    [1, 2].map((n) => ({ image: 'i', name: `c${n}`, ...(n <= ingress && { ports: { container_port: 80 } }) }));

  test.each([
    [
      'a variable it sets itself',
      {},
      {},
      { env: [{ name: 'PORT', value: '80' }] },
      'The following reserved env names were provided: PORT',
    ],
    [
      'two of them',
      {},
      {},
      { env: [{ name: 'K_SERVICE' }, { name: 'K_REVISION' }] },
      'reserved env names were provided: K_REVISION, K_SERVICE',
    ],
    [
      'several containers none of which takes requests',
      {},
      { containers: several(0) },
      {},
      'exactly one container with an exposed port',
    ],
    [
      'several containers that take requests',
      {},
      { containers: several(2) },
      {},
      'exactly one container with an exposed port',
    ],
    ['a name that is too long', { name: 'a'.repeat(50) }, {}, {}, 'must be less than 50 characters'],
    [
      'a label of its own',
      { labels: { 'run.googleapis.com/x': 'y' } },
      {},
      {},
      "'run.googleapis.com/x' is not allowed",
    ],
    [
      'a connector and a network',
      {},
      { vpc_access: { connector: 'c', network_interfaces: [{ network: 'default' }] } },
      {},
      'mutually exclusive',
    ],
    ['a volume without a source', {}, { volumes: [{ name: 'v' }] }, {}, "volume 'v' must have exactly one source"],
    [
      'a revision that is not named after the service',
      {},
      { revision: 'blue' },
      {},
      'must be prefixed by the name of the service',
    ],
    [
      'a secret its account may not read',
      {},
      {},
      { env: [{ name: 'S', value_source: { secret_key_ref: { secret: 'db-password', version: '3' } } }] },
      'Permission denied on secret: projects/',
    ],
    [
      'a volume of such a secret',
      {},
      { volumes: [{ name: 'v', secret: { secret: 'projects/acme-shared/secrets/key' } }] },
      {},
      'Permission denied on secret: projects/',
    ],
  ])('%s', async (_, arguments_, template, container, message) => {
    await expect(workspace.current.write(oneService(arguments_, template, container)).apply()).rejects.toThrow(message);
  });

  test('only the ingress container may not set PORT', async () => {
    const containers = [
      { image: 'i', name: 'main', ports: { container_port: 80 } },
      { image: 'i', name: 'side', env: [{ name: 'PORT', value: '81' }] },
    ];
    await workspace.current.write(oneService({}, { containers })).apply();
    expect(workspace.current.cloud.find(TYPE, SERVICE_ID)).toBeDefined();
  });

  test('a template that changes under a revision that keeps its name', async () => {
    await workspace.current.write(oneService({}, { revision: 'api-one' })).apply();
    await expect(
      workspace.current.write(oneService({}, { revision: 'api-one' }, { image: 'api:2' })).apply(),
    ).rejects.toThrow("Error 409: Revision named 'api-one' with different configuration already exists");
    await workspace.current.write(oneService({}, { revision: 'api-two' }, { image: 'api:2' })).apply();
    expect((await workspace.current.state(SERVICE)).latest_ready_revision).toBe(`${SERVICE_ID}/revisions/api-two`);
  });

  test('ingress that the organisation does not allow', async () => {
    workspace.current.cloud.data.organizationPolicies['acme-prod'] = {
      allowedIngress: ['INGRESS_TRAFFIC_INTERNAL_ONLY'],
    };
    await expect(workspace.current.write(oneService()).apply()).rejects.toThrow(
      'constraints/run.allowedIngress violated',
    );
    await workspace.current.write(oneService({ ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' })).apply();
  });

  test('a service that cannot start exists, is tainted, and cannot be replaced while it is protected', async () => {
    const env = [{ name: 'S', value_source: { secret_key_ref: { secret: 'db-password', version: '3' } } }];
    const stack = (isProtected: boolean) => oneService({ deletion_protection: isProtected }, {}, { env });
    await expect(workspace.current.write(stack(true)).apply()).rejects.toThrow('Permission denied on secret');
    expect(workspace.current.cloud.find(TYPE, SERVICE_ID)?.terminal_condition).toMatchObject([
      { state: 'CONDITION_FAILED' },
    ]);
    expect((await workspace.current.plan()).actions).toEqual({ [SERVICE]: 'delete+create' });
    await expect(workspace.current.write(stack(false)).apply()).rejects.toThrow('deletion_protection=false');
  });

  test('a secret is read by the account that was granted it, on the secret or on its project', async () => {
    const env = [{ name: 'S', value_source: { secret_key_ref: { secret: 'db-password', version: '3' } } }];
    const account = { google_service_account: { api: { account_id: 'api-account' } } };
    const grant = {
      api: {
        secret_id: 'db-password',
        role: 'roles/secretmanager.secretAccessor',
        member: '${google_service_account.api.member}',
      },
    };
    const template = { service_account: '${google_service_account.api.email}' };
    const own = service({ depends_on: ['google_secret_manager_secret_iam_member.api'] }, template, { env });
    await workspace.current
      .write({ resource: { ...account, google_secret_manager_secret_iam_member: grant, [TYPE]: { api: own } } })
      .apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
  });
});
