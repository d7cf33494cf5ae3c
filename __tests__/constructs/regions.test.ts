import { Testing } from 'cdktf';
import { resourcesOf, stackOf, synth } from './synth';

const SEVERAL = { regions: ['europe-west1', 'us-central1'] } as const;

test('a service in several regions is one service in each region, with one account, and grants in each', () => {
  const resources = resourcesOf({ api: { ...SEVERAL, access: 'public' } });
  const { google_cloud_run_v2_service: services = {}, google_cloud_run_v2_service_iam_member: members = {} } =
    resources;
  expect(
    Object.entries(services).map(([name, { location, name: serviceName }]) => [name, location, serviceName]),
  ).toEqual([
    ['api_europe-west1', 'europe-west1', 'api'],
    ['api_us-central1', 'us-central1', 'api'],
  ]);
  expect(Object.entries(members).map(([name, { location, lifecycle }]) => [name, location, lifecycle])).toEqual([
    [
      'api_europe-west1_public',
      'europe-west1',
      { replace_triggered_by: ['google_cloud_run_v2_service.api_europe-west1.uid'] },
    ],
    [
      'api_us-central1_public',
      'us-central1',
      { replace_triggered_by: ['google_cloud_run_v2_service.api_us-central1.uid'] },
    ],
  ]);
  expect(Object.keys(resources.google_service_account ?? {})).toEqual(['api']);
});

test('the first region takes over a service that had none, with its grants', () => {
  const { moved } = synth(stackOf({ api: { ...SEVERAL, invokers: ['user:a@example.com'] } }));
  expect(moved).toEqual([
    { from: 'google_cloud_run_v2_service.api', to: 'google_cloud_run_v2_service.api_europe-west1' },
    {
      from: 'google_cloud_run_v2_service_iam_member.api_invoker_user_a_at_example_com',
      to: 'google_cloud_run_v2_service_iam_member.api_europe-west1_invoker_user_a_at_example_com',
    },
  ]);
});

test('a region may have its own network and key', () => {
  const { google_cloud_run_v2_service: services = {} } = resourcesOf({
    api: {
      network: 'default',
      regions: {
        'europe-west1': {},
        'us-central1': { vpcConnector: 'shared', key: 'projects/p/locations/l/keyRings/k/cryptoKeys/c' },
      },
    },
  });
  expect(services['api_europe-west1']?.template.vpc_access.network_interfaces).toEqual([
    { network: 'projects/acme-prod/global/networks/default' },
  ]);
  expect(services['api_us-central1']?.template).toMatchObject({
    encryption_key: 'projects/p/locations/l/keyRings/k/cryptoKeys/c',
    vpc_access: { connector: 'projects/acme-prod/locations/us-central1/connectors/shared' },
  });
});

test('a list of regions is a map of regions in which nothing differs', () => {
  const map = { 'europe-west1': {}, 'us-central1': {} };
  expect(Testing.synth(stackOf({ api: { regions: map } }))).toBe(Testing.synth(stackOf({ api: SEVERAL })));
});
