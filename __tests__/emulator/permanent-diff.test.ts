import { describeWithTerraform, useWorkspace } from './harness';
import { oneService } from './stacks';

/** Versions 7.13 to 7.44 fixed some of these. */
const terraform = { required_providers: { google: { source: 'google', version: '6.50.0' } } };

describeWithTerraform('settings that differ in every plan', () => {
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
    await workspace.current.write({ terraform, ...oneService(arguments_, template, container) }).apply();
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
