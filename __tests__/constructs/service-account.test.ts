import { Testing } from 'cdktf';
import { accountIdOf } from '../../constructs/core/account-id';
import { resourcesOf, type Services, stackOf } from './synth';

const SHARED = { serviceAccount: { name: 'backend' } };

test('every service has its own account, which is replaced before the old one is destroyed', () => {
  const { google_service_account: accounts } = resourcesOf({ 'web-frontend': {}, worker: {} });
  expect(Object.keys(accounts ?? {})).toEqual(['web-frontend', 'worker']);
  expect(accounts?.worker).toMatchObject({
    project: 'acme-prod',
    account_id: 'worker',
    display_name: 'Cloud Run service worker',
    lifecycle: { create_before_destroy: true },
  });
});

test.each([
  ['worker', 'worker'],
  ['api', expect.stringMatching(/^api-[0-9a-f]{6}$/)],
  ['a'.repeat(30), 'a'.repeat(30)],
  ['a'.repeat(31), expect.stringMatching(/^a{23}-[0-9a-f]{6}$/)],
  [`${'a'.repeat(22)}-bcdefghijk`, expect.stringMatching(/^a{22}-[0-9a-f]{6}$/)],
])('the account of %s is %s', (name, id) => {
  expect(accountIdOf(name)).toEqual(id);
  expect(accountIdOf(name)).toMatch(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/);
});

test('names that are cut at the same place have different accounts', () => {
  expect(accountIdOf(`${'a'.repeat(40)}-one`)).not.toBe(accountIdOf(`${'a'.repeat(40)}-two`));
});

test('a named account is created once, and has each grant once, however many services share it', () => {
  const secret = { env: { TOKEN: { secret: 'token', version: '1' } } };
  const resources = resourcesOf({ api: { ...SHARED, ...secret }, worker: { ...SHARED, ...secret } });
  expect(Object.keys(resources.google_service_account ?? {})).toEqual(['backend']);
  expect(Object.keys(resources.google_secret_manager_secret_iam_member ?? {})).toEqual(['backend_secret_token']);
  for (const service of Object.values(resources.google_cloud_run_v2_service ?? {})) {
    expect(service.template.service_account).toBe('${google_service_account.backend.email}');
    expect(service.depends_on).toEqual(['google_secret_manager_secret_iam_member.backend_secret_token']);
  }
});

test('an existing account gets the grants on mounted volumes, and is not created', () => {
  const serviceAccount = 'batch@acme-prod.iam.gserviceaccount.com';
  const resources = resourcesOf({ api: { serviceAccount, env: { T: { secret: 'token', version: '1' } } } });
  expect(resources.google_service_account).toBeUndefined();
  expect(resources.google_secret_manager_secret_iam_member?.batch_secret_token?.member).toBe(
    `serviceAccount:${serviceAccount}`,
  );
});

test('the default account is written as an argument', () => {
  const { google_cloud_run_v2_service: services } = resourcesOf(
    { api: { serviceAccount: 'default' } },
    { projectNumber: '123456789012' },
  );
  expect(services?.api?.template.service_account).toBe('123456789012-compute@developer.gserviceaccount.com');
});

test('Terraform looks the default account up if the number is not known', () => {
  const { resource, data } = JSON.parse(Testing.synth(stackOf({ api: { serviceAccount: 'default' }, web: {} })));
  expect(data).toEqual({ google_project: { project: { project_id: 'acme-prod' } } });
  expect(resource.google_cloud_run_v2_service.api.template.service_account).toBe(
    '${data.google_project.project.number}-compute@developer.gserviceaccount.com',
  );
});

test.each<[string, Services, (string | number)[]]>([
  ['a secret', { api: { serviceAccount: 'default', env: { T: { secret: 't', version: '1' } } } }, ['env', 'T']],
  ['a call', { api: { serviceAccount: 'default', calls: ['web'] }, web: {} }, ['calls', 0]],
  [
    'a queue of another service',
    { api: { serviceAccount: 'default' }, web: { taskQueues: { mail: { enqueuers: ['api'] } } } },
    ['taskQueues', 'mail', 'enqueuers', 0],
  ],
  [
    'a trigger',
    { api: { schedules: { x: { schedule: '0 3 * * *', serviceAccount: 'default' } } } },
    ['schedules', 'x'],
  ],
])('%s needs the number: it is granted to the account', (_, services, path) => {
  const errors = stackOf(services)
    .findings()
    .filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, path: at }) => [code, at])).toEqual([['default-account-needs-number', path]]);
  expect(stackOf(services, { projectNumber: '123456789012' }).findings()).toEqual([]);
});
