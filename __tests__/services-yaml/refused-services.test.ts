import { errorsOf, fileWith, problemsOf } from './problems';

const many = (count: number, entry: (index: number) => string) => Array.from({ length: count }, (_, i) => entry(i));

/** Settings of a service that Google would refuse at apply, one file each: its keys, and the printed line. */
const REFUSED: readonly [keys: string, line: string][] = [
  [
    'subnet: projects/acme-prod/regions/us-central1/subnetworks/apps',
    "7:13 services.api.subnet: the subnet is in 'us-central1', the service in 'europe-west1'; name one in 'europe-west1' [other-region]",
  ],
  [
    'vpcConnector: projects/acme-prod/locations/us-central1/connectors/apps',
    "7:19 services.api.vpcConnector: the connector is in 'us-central1', the service in 'europe-west1'; name one in 'europe-west1' [other-region]",
  ],
  [
    'key: projects/acme-keys/locations/us-central1/keyRings/run/cryptoKeys/api',
    "7:10 services.api.key: the key is in 'us-central1', the service in 'europe-west1'; name one in 'europe-west1' [other-region]",
  ],
  [
    'network: global/networks/default',
    "7:14 services.api.network: 'global/networks/default' is not a network; write its name, or projects/P/global/networks/N [network-form]",
  ],
  [
    'network: default\nnetworkTags: [Web_1]',
    "8:19 services.api.networkTags[0]: 'Web_1' is not a network tag; use at most 63 lower-case letters, digits and dashes, beginning with a letter [network-tag]",
  ],
  [
    'gpu: 1\nmaxInstances: 1\nexecutionEnvironment: gen1',
    '9:27 services.api.executionEnvironment: a GPU needs gen2; remove executionEnvironment [gpu-needs]',
  ],
  [
    'memory: 256Mi\nexecutionEnvironment: gen2',
    "7:13 services.api.memory: 256Mi of memory is too little for gen2; write 'memory: 512Mi' or more [gen2-memory]",
  ],
  [
    'memory: 256Mi\nvolumes: {data: {mountPath: /data, gcs: {bucket: acme-data}}}',
    "7:13 services.api.memory: 256Mi of memory is too little for gen2; write 'memory: 512Mi' or more [gen2-memory]",
  ],
  [
    'cpu: 8\nmemory: 32Gi\nsidecars: {cache: {image: "acme/cache:1", cpu: 8, memory: 32Gi}}',
    '9:5 services.api.sidecars: the containers of an instance have 16 CPU and 64Gi of memory together; use at most 8 CPU and 32Gi [instance-size]',
  ],
  [
    'volumes: {v: {mountPath: /proc, emptyDir: {}}}',
    "7:30 services.api.volumes.v.mountPath: '/proc' belongs to the system; write an absolute path of its own, such as '/data' [mount-path]",
  ],
  [
    'volumes: {v: {mountPath: /data/../dev/x, emptyDir: {}}}',
    "7:30 services.api.volumes.v.mountPath: '/data/../dev/x' belongs to the system; write an absolute path of its own, such as '/data' [mount-path]",
  ],
  [
    `labels: {${many(64, (i) => `l${i}: v`).join(', ')}}`,
    "7:5 services.api.labels: the service has 65 labels, the provider's own and those of its environment included; use at most 63 of your own [label-count]",
  ],
  [
    'annotations: {owned by: payments}',
    `7:29 services.api.annotations["owned by"]: 'owned by' is not the key of an annotation; write it like 'team' or 'example.com/team' [annotation-key]`,
  ],
  [
    `env: {${many(1001, (i) => `V${i}: v`).join(', ')}}`,
    '7:5 services.api.env: the container has 1001 variables; use at most 1000 [env-size]',
  ],
  [
    `env: {LARGE: ${'é'.repeat(16_385)}}`,
    '7:18 services.api.env.LARGE: the variable has 32770 bytes; use at most 32 KiB, or mount a file [env-size]',
  ],
  [
    `serviceAccount: {name: api-account, displayName: ${'x'.repeat(101)}}`,
    '7:54 services.api.serviceAccount.displayName: the display name has 101 bytes; shorten it to 100 [account-display-name-length]',
  ],
  [
    'maxInstances: 10000000000',
    "7:19 services.api.maxInstances: maxInstances can't be 10000000000; write a whole number from 1 to 2147483647 [instance-count]",
  ],
  ['scaling: 0', "7:14 services.api.scaling: scaling can't be 0; write a whole number, at least 1 [instance-count]"],
  [
    `name: ${'n'.repeat(30)}\ntraffic: [{latest: true, percent: 100, tag: ${'t'.repeat(17)}}]`,
    `8:49 services.api.traffic[0].tag: the tag '${'t'.repeat(17)}' and the name '${'n'.repeat(30)}' have 47 characters together; shorten one of them, to 46 together [traffic-tag-length]`,
  ],
];

test.each(REFUSED)('%s is refused at its place', (keys, line) => {
  expect(errorsOf(fileWith(keys))).toEqual([`services.yaml:${line}`]);
});

/** Settings at Google's limits, and unusual settings that are valid. */
const ACCEPTED: readonly string[] = [
  'maxInstances: 1000',
  'cpu: 4\nmemory: 16Gi\nsidecars: {cache: {image: "acme/cache:1", cpu: 4, memory: 16Gi}}',
  `labels: {${many(63, (i) => `l${i}: v`).join(', ')}}`,
  `env: {${many(1000, (i) => `V${i}: v`).join(', ')}}`,
  `env: {LARGE: ${'x'.repeat(32_768)}}`,
  `serviceAccount: {name: api-account, displayName: ${'x'.repeat(100)}}`,
  `name: ${'n'.repeat(30)}\ntraffic: [{latest: true, percent: 100, tag: ${'t'.repeat(16)}}]`,
  'volumes: {v: {mountPath: /devices, emptyDir: {}}}',
  'subnet: projects/acme-net/regions/europe-west1/subnetworks/apps\nnetworkTags: [web-1]',
];

test.each(ACCEPTED)('%s is accepted', (keys) => {
  expect(errorsOf(fileWith(keys))).toEqual([]);
});

test('a region of several has its own subnet and key, and one for all of them fits one alone', () => {
  const keys = `
key: projects/acme-keys/locations/europe-west1/keyRings/run/cryptoKeys/api
regions:
  europe-west1: {}
  us-central1: {subnet: projects/acme-prod/regions/europe-west1/subnetworks/apps}`;
  expect(errorsOf(fileWith(keys))).toEqual([
    "services.yaml:7:10 services.api.key: the key is in 'europe-west1', the service in 'us-central1'; name one in 'us-central1' [other-region]",
    "services.yaml:10:29 services.api.regions.us-central1.subnet: the subnet is in 'europe-west1', the service in 'us-central1'; name one in 'us-central1' [other-region]",
  ]);
});

test('labels of an environment are checked at their place, and count for each service', () => {
  const text = fileWith(`labels: {${many(63, (i) => `l${i}: v`).join(', ')}}`);
  const labelled = text.replace('europe-west1}', 'europe-west1, labels: {Team: x}}');
  expect(errorsOf(labelled)).toEqual([
    expect.stringMatching(/^services\.yaml:2:\d+ environments\.prod\.labels\.Team: 'Team' cannot be used in a label;/),
    expect.stringMatching(/^services\.yaml:7:5 services\.api\.labels: the service has 65 labels/),
  ]);
});

test('more instances than most quotas allow are a warning', () => {
  expect(problemsOf(fileWith('maxInstances: 5000'))).toEqual([expect.stringContaining('[many-instances]')]);
});
