import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { type TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { CloudRunService } from '../../constructs';
import { type Configuration, describeWithTerraform, useWorkspace, withoutBackend } from '../emulator/harness';
import { plainService, plainStack, plainStackOfEverything } from './plain-stack';
import of010 from './recorded/plain-stack-0.1.0.tf.json';

const MEMBER = 'google_cloud_run_v2_service_iam_member';
const BINDING = 'google_cloud_run_v2_service_iam_binding';
const POLICY = 'projects/acme-prod/locations/europe-west1/services/api';
const [A, B, C] = ['user:a@example.com', 'user:b@example.com', 'user:c@example.com'];

describeWithTerraform('a plain stack', () => {
  const used = useWorkspace();

  test('goes from additive to authoritative, and callers in the file keep access', async () => {
    await used.current.write(configurationOf(plainService({ invokers: [A, B] }))).apply();
    const authoritative = plainService({ invokers: [B, C], invokerPolicy: 'authoritative' });
    const plan = await used.current.write(configurationOf(authoritative)).plan();
    expect(plan.actions).toEqual({
      [`${MEMBER}.api_invoker_user_a_at_example_com`]: 'delete',
      [`${MEMBER}.api_invoker_user_b_at_example_com`]: 'forget',
      [`${BINDING}.api_invokers`]: 'create',
    });
    await used.current.applyPlan();
    expect(used.current.cloud.policy(POLICY)).toEqual({ 'roles/run.invoker': [B, C] });
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('goes from public to authoritative without the public grant being taken out of the binding', async () => {
    await used.current.write(configurationOf(plainService({ access: 'public' }))).apply();
    const authoritative = plainService({ access: 'public', invokerPolicy: 'authoritative' });
    const plan = await used.current.write(configurationOf(authoritative)).plan();
    expect(plan.actions).toEqual({ [`${MEMBER}.api_public`]: 'forget', [`${BINDING}.api_invokers`]: 'create' });
    await used.current.applyPlan();
    expect(used.current.cloud.policy(POLICY)).toEqual({ 'roles/run.invoker': ['allUsers'] });
  });

  test('replaces a grant with its service, and waits for what a service depends on', async () => {
    const props = { invokers: [A], env: { TOKEN: { secret: 'token', version: '1' } } };
    await used.current.write(configurationOf(plainService(props))).apply();
    const plan = await used.current.write(configurationOf(plainService({ ...props, name: 'other' }))).plan();
    expect(plan.actions).toMatchObject({
      'google_cloud_run_v2_service.api': 'delete+create',
      [`${MEMBER}.api_invoker_user_a_at_example_com`]: 'delete+create',
    });
  });

  test('moves what version 0.1.0 made from the addresses of cdktf', async () => {
    await used.current.write(withoutBackend(of010)).apply();
    const plan = await used.current.write(configurationOf(plainStackOfEverything())).plan();
    expect(plan.actions).toEqual({});
    await used.current.applyPlan();
    expect(await used.current.isUpToDate()).toBe(true);
    const { values } = await used.current.show();
    const addresses = values?.root_module.resources?.map(({ address }) => address);
    expect(addresses).toContain('google_cloud_run_v2_service.web_europe-west1');
    expect(addresses).toContain('google_service_account.front-end');
  });
});

test('depends_on, moved and removed use the right addresses in a plain stack too', () => {
  const { resource, removed, moved } = configurationOf(plainStackOfEverything());
  const addresses = Object.entries(resource ?? {}).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${type}.${name}`),
  );
  const named = JSON.stringify(resource).match(/google_\w+\.[\w-]+/g) ?? [];
  expect(named.filter((address) => !addresses.includes(address))).toEqual([]);
  expect(removed).toBeUndefined();
  const destinations = (moved as { to: string }[]).map(({ to }) => to);
  const onTheWay = ['google_cloud_run_v2_service.web', `${MEMBER}.web_public`];
  expect(destinations.filter((to) => !addresses.includes(to))).toEqual(onTheWay);
});

test('an address that another resource of the app has is refused', () => {
  const stack = plainStack();
  new ServiceAccount(new Construct(stack, 'by hand'), 'own', { accountId: 'worker' }).overrideLogicalId('worker');
  new CloudRunService(stack, 'api', {
    image: 'europe-docker.pkg.dev/acme/apps/api:1.0.0',
    serviceAccount: { name: 'worker' },
  });
  expect(() => Testing.synth(stack, true)).toThrow(
    /plain\/api serviceAccount: google_service_account\.worker is the address of 'own' already; rename one of them \[address-taken\]/,
  );
});

test('a construct around a service whose id cannot be part of an address is refused', () => {
  const stack = plainStack();
  new CloudRunService(new Construct(stack, 'my payments'), 'api', {
    image: 'europe-docker.pkg.dev/acme/apps/api:1.0.0',
  });
  expect(() => Testing.synth(stack, true)).toThrow(/'my payments_api' can't be part of a Terraform address/);
});

function configurationOf(stack: TerraformStack): Configuration {
  return withoutBackend(JSON.parse(Testing.synth(stack, true)));
}
