import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';
import { testingApp } from '../testing-app';
import { emptyStack, IMAGE, synth } from './synth';

describe('what a method adds', () => {
  test.each([
    ['allUsers', 'all-users-as-invoker'],
    ['bob@example.com', 'principal-syntax'],
    ['allAuthenticatedUsers', 'any-google-account'],
  ])('grantInvoke(%j) is checked like one of invokers', (principal, code) => {
    const [byMethod, byProp] = [emptyStack(), emptyStack()];
    new CloudRunService(byMethod, 'api', { image: IMAGE }).grantInvoke(principal);
    new CloudRunService(byProp, 'api', { image: IMAGE, invokers: [principal] });
    const findingsOf = (stack: CloudRunStack) => stack.findings().map(({ subject: _, ...finding }) => finding);
    expect(findingsOf(byMethod)).toEqual(findingsOf(byProp));
    expect(findingsOf(byMethod)).toMatchObject([{ code }]);
  });

  test('a variable is checked like one in env, and may not be in both', () => {
    const stack = emptyStack();
    const api = new CloudRunService(stack, 'api', { image: IMAGE, env: { A: 'a' } });
    api.addEnv('PORT', '80');
    expect(stack.findings().map(({ path }) => path)).toEqual([['env', 'PORT']]);
    expect(() => api.addEnv('A', 'b')).toThrow("prod/api: the variable 'A' is in env already");
  });

  test('a secret is granted to the account, and the service waits for the grant', () => {
    const stack = emptyStack();
    const secret = new SecretManagerSecret(stack, 'shop-token', {
      project: 'acme-prod',
      secretId: 'shop-token',
      replication: { auto: {} },
    });
    const api = new CloudRunService(stack, 'api', { image: IMAGE, regions: ['europe-west1', 'us-central1'] });
    api.addSecret('KEY', secret, { version: '2' });
    const { resource } = synth(stack);
    const grant = 'google_secret_manager_secret_iam_member.api_secret_shop-token';
    for (const service of Object.values<Record<string, unknown>>(resource.google_cloud_run_v2_service)) {
      expect(service.depends_on).toEqual([grant]);
      expect(service).toMatchObject({
        template: {
          containers: [
            {
              env: [
                {
                  name: 'KEY',
                  value_source: {
                    secret_key_ref: { secret: '${google_secret_manager_secret.shop-token.secret_id}', version: '2' },
                  },
                },
              ],
            },
          ],
        },
      });
    }
  });

  test('a role is granted once, and checked like one in roles', () => {
    const stack = emptyStack();
    const { serviceAccount } = new CloudRunService(stack, 'api', { image: IMAGE });
    expect(serviceAccount.grantRole('roles/datastore.user')).toBe(serviceAccount.grantRole('roles/datastore.user'));
    serviceAccount.grantRole('datastore.user');
    serviceAccount.grantBucketAccess('acme-files', { readOnly: true });
    serviceAccount.grantSecretAccess('token');
    expect(stack.findings().map(({ code }) => code)).toEqual(['role-syntax']);
    expect(Object.keys(synth(stack).resource)).toEqual(
      expect.arrayContaining(['google_storage_bucket_iam_member', 'google_secret_manager_secret_iam_member']),
    );
  });
});

describe('a service of another stack', () => {
  function twoStacks(projectNumber?: string) {
    const app = testingApp();
    const shop = new CloudRunStack(app, 'shop', { project: 'acme-shop', region: 'europe-west1' });
    const billing = new CloudRunStack(app, 'billing', {
      project: 'acme-billing',
      region: 'europe-west1',
      projectNumber,
    });
    const invoices = new CloudRunService(billing, 'invoices', { image: IMAGE });
    const web = new CloudRunService(shop, 'web', { image: IMAGE, calls: [invoices] });
    return { shop, billing, invoices, web };
  }

  test('is called by itself where its project number is known', () => {
    const { shop, billing } = twoStacks('210987654321');
    expect(shop.dependsOn(billing)).toBe(true);
    const { google_cloud_run_v2_service: services, google_cloud_run_v2_service_iam_member: members } =
      synth(shop).resource;
    expect(services.web.template.containers[0].env).toEqual([
      { name: 'INVOICES_URL', value: 'https://invoices-210987654321.europe-west1.run.app' },
    ]);
    expect(members['web_calls_acme-billing_europe-west1_invoices']).toMatchObject({
      project: 'acme-billing',
      name: 'invoices',
      member: '${google_service_account.web.member}',
    });
  });

  test('needs the number of its project', () => {
    const { shop } = twoStacks();
    expect(shop.findings()).toMatchObject([{ code: 'external-needs-number', path: ['calls', 0] }]);
  });

  test('that calls back is reported, with the order of applies', () => {
    const { invoices, web, shop, billing } = twoStacks('210987654321');
    invoices.addCall(
      CloudRunService.fromAttributes(billing, 'web of shop', {
        project: 'acme-shop',
        projectNumber: '123456789012',
        region: 'europe-west1',
        name: 'web',
      }),
    );
    expect(shop.findings()).toEqual([]);
    expect(billing.findings()).toMatchObject([
      {
        code: 'stacks-call-each-other',
        subject: invoices,
        message: "'shop' calls 'billing' as well, and the grant of each is on a service that the other makes",
      },
    ]);
    expect(web.environment.stack.dependsOn(billing)).toBe(true);
  });

  test('lets an account of this one call it', () => {
    const { invoices, web, billing } = twoStacks('210987654321');
    invoices.grantInvoke(web);
    const members = Object.values(synth(billing).resource.google_cloud_run_v2_service_iam_member);
    expect(members).toMatchObject([{ member: `serviceAccount:${web.serviceAccount.email}` }]);
  });
});

test('a service made elsewhere can have callers and be behind a load balancer', () => {
  const stack = emptyStack();
  const legacy = CloudRunService.fromAttributes(stack, 'legacy', {
    project: 'acme-prod',
    region: 'europe-west1',
    name: 'legacy',
  });
  expect(legacy.grantInvoke('group:support@example.com')).toHaveLength(1);
  expect(() => legacy.grantInvoke('bob@example.com')).toThrow("prod/legacy: 'bob@example.com' is not a principal");
  expect(() => legacy.grantInvoke('allUsers')).toThrow('make it public where it is made');
  new ExternalLoadBalancer(stack, 'edge', { domains: ['www.example.com'], defaultService: legacy });
  expect(stack.findings()).toEqual([]);
  const { resource } = synth(stack);
  expect(Object.keys(resource.google_cloud_run_v2_service_iam_member)).toEqual([
    'legacy_invoker_group_support_at_example_com',
  ]);
  const [group] = Object.values(resource.google_compute_region_network_endpoint_group);
  expect(group).toMatchObject({ cloud_run: { service: 'legacy' } });
});
