import { Testing } from 'cdktf';
import type { CloudRunServiceProps, ExternalLoadBalancerProps } from '../../constructs';
import { loadBalancedStack, stackOf } from '../constructs/synth';
import { refusalOf } from './in-process';

const NUMBER = { projectNumber: '123456789012' };
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`l${i}`, 'x']));

type Props = Partial<CloudRunServiceProps<string>>;

/** What the checks would have refused before, and the emulated Google refuses at apply. */
const SERVICES: readonly [props: Props, refusal: string][] = [
  [{ labels: many(64) }, '65 labels, at most 64'],
  [{ env: many(1001) }, 'at most 1000 variables'],
  [{ env: { LARGE: 'x'.repeat(32_769) } }, 'at most 32768 bytes'],
  [{ volumes: { v: { mountPath: '/proc', emptyDir: {} } } }, 'the path is not allowed'],
  [{ network: 'default', networkTags: ['Web_1'] }, 'must be an RFC 1035 label'],
  [{ maxInstances: 2 ** 31 }, 'is not from 0 to 2147483647'],
  [{ minInstances: 3, maxInstances: 2 }, 'must not exceed max_instance_count'],
  [{ scaling: 0 }, 'manual_instance_count must be set'],
  [{ traffic: [{ latest: true, percent: 100, tag: 't'.repeat(44) }] }, 'cannot exceed 46 characters'],
  [{ subnet: 'projects/p/regions/us-central1/subnetworks/s' }, "is not in the location 'europe-west1'"],
  [{ key: 'projects/p/locations/us/keyRings/r/cryptoKeys/k' }, "is not in the location 'europe-west1'"],
  [{ gpu: 1, maxInstances: 1, executionEnvironment: 'gen1' }, 'second generation'],
  [{ memory: '256Mi', executionEnvironment: 'gen2' }, 'Total memory < 512 Mi'],
  [{ cpu: 8, memory: '4Gi', sidecars: { b: { image: 'x', cpu: 2 } } }, 'exceed 8 CPU or 32Gi'],
  [{ serviceAccount: { name: 'my-account', displayName: 'x'.repeat(101) } }, 'at most 100 bytes'],
  [{ schedules: { x: { schedule: '0 3 * * *', headers: { Host: 'x' } } } }, 'Cannot set the Host header'],
  [
    { schedules: { x: { schedule: '0 3 * * *', httpMethod: 'GET', messageBody: 'x' } } },
    'not allowed with this HTTP method',
  ],
  [{ schedules: { x: { schedule: '0 3 * * *', minBackoff: '2h' } } }, 'must be less than or equal to'],
  [{ taskQueues: { x: { minBackoff: '10s', maxBackoff: '5s' } } }, 'must be less than or equal to'],
  [{ subscriptions: { x: { topic: 'orders%2' } } }, 'invalid URL escape'],
  [{ subscriptions: { sub: { topic: 'orders', deadLetterTopic: 'orders' } } }, 'must not be the topic itself'],
  [{ events: { x: { eventFilters: { type: 'acme.paid' }, channel: 'x' } } }, "channel 'x'"],
  [{ events: { x: { eventFilters: { type: 'a', b: 'c' }, eventFiltersPathPattern: { b: '*' } } } }, 'is there twice'],
];

test.each(SERVICES)('%j', (props, refusal) => {
  const { terraform: _, ...configuration } = JSON.parse(Testing.synth(stackOf({ api: props }, NUMBER)));
  expect(refusalOf(configuration)).toContain(refusal);
});

const LOAD_BALANCERS: readonly [props: Partial<ExternalLoadBalancerProps<string>>, refusal: string][] = [
  [{ cdn: { defaultTtl: '2d' } }, 'a TTL is longer than maxTtl'],
  [{ cdn: { serveWhileStale: '8d' } }, 'is not from 0 to 604800'],
  [{ customRequestHeaders: Array.from({ length: 17 }, (_, i) => `X-${i}: x`) }, 'at most 16 are allowed'],
  [{ customRequestHeaders: ['Host: x'] }, 'the header is not allowed'],
  [{ securityPolicy: { deny: ['10.0.0.0/33'] } }, "'10.0.0.0/33'"],
];

test.each(LOAD_BALANCERS)('%j', (props, refusal) => {
  const edge = { domains: ['www.example.com'], defaultService: 'api', ...props };
  const { terraform: _, ...configuration } = JSON.parse(Testing.synth(loadBalancedStack({ api: {} }, { edge })));
  expect(refusalOf(configuration)).toContain(refusal);
});

test('a configuration that Google accepts is accepted', () => {
  const { terraform: _, ...configuration } = JSON.parse(Testing.synth(stackOf({ api: { labels: many(63) } }, NUMBER)));
  expect(refusalOf(configuration)).toBeUndefined();
});
