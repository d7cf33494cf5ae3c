import { errorsOf, fileWith, fileWithLoadBalancer, problemsOf } from './problems';

const BLANK = 'is blank: write something, or remove it';

test.each<[keys: string, at: string, shown: string]>([
  ['network: ""', '7:14 services.api.network', "''"],
  ['network: "  "', '7:14 services.api.network', "'  '"],
  ['domains: [""]', '7:15 services.api.domains[0]', "''"],
  ['domains: [{name: www.example.com, dnsZone: ""}]', '7:48 services.api.domains[0].dnsZone', "''"],
  ['serviceAccount: ""', '7:21 services.api.serviceAccount', "''"],
  ['sidecars: {proxy: {image: ""}}', '7:31 services.api.sidecars.proxy.image', "''"],
  ['timeout: ""', '7:14 services.api.timeout', "''"],
  ['events: {x: {eventFilters: {type: ""}}}', '7:39 services.api.events.x.eventFilters.type', "''"],
  ['subscriptions: {x: {topic: {existing: " "}}}', '7:43 services.api.subscriptions.x.topic.existing', "' '"],
])('%s is blank', (keys, at, shown) => {
  expect(problemsOf(fileWith(keys))).toEqual([`services.yaml:${at}: ${shown} ${BLANK}`]);
});

test('every blank name of a load balancer is reported', () => {
  const keys = `
name: ""
certificate: {existing: []}
sslPolicy: {existing: ""}
address: {existing: ""}`;
  expect(problemsOf(fileWithLoadBalancer(keys))).toEqual([
    `services.yaml:8:11 loadBalancers.edge.name: '' ${BLANK}`,
    'services.yaml:9:29 loadBalancers.edge.certificate.existing: the list is empty: write at least one entry, or remove it',
    `services.yaml:10:27 loadBalancers.edge.sslPolicy.existing: '' ${BLANK}`,
    `services.yaml:11:25 loadBalancers.edge.address.existing: '' ${BLANK}`,
  ]);
});

test.each([
  ['volumes: {keys: {mountPath: /keys, secret: keys, items: []}}', '7:61 services.api.volumes.keys.items: the list'],
  ['traffic: []', '7:14 services.api.traffic: the list'],
])('%s is empty where it must not be', (keys, start) => {
  const line = `services.yaml:${start} is empty: write at least one entry, or remove it`;
  expect(problemsOf(fileWith(keys))).toEqual([line]);
});

test('a blank setting of an earlier layer is refused at its place, even if a later layer overrides it', () => {
  const text = `defaults: {network: ""}\n${fileWith('network: default')}`;
  expect(problemsOf(text)).toEqual([`services.yaml:1:21 defaults.network: '' ${BLANK}`]);
});

test('text may be empty', () => {
  const keys = `
env: {EMPTY: "", BLANK: " "}
args: ["", a]
description: ""
labels: {team: ""}
annotations: {example.com/team: ""}
schedules: {nightly: {schedule: "0 3 * * *", messageBody: "", headers: {X-Kind: ""}}}`;
  expect(errorsOf(fileWith(keys))).toEqual([]);
});

test.each<[keys: string, at: string, wanted: string]>([
  ['env: {EMPTY: }', '7:11 services.api.env.EMPTY', 'a string or {secret: …} ("" if it is empty)'],
  ['labels: {team: }', '7:14 services.api.labels.team', 'a string ("" if it is empty)'],
  ['sidecars: {proxy: }', '7:16 services.api.sidecars.proxy', 'a map'],
  ['access:', '7:5 warning services.api.access', 'one of private, public'],
  ['port: null', '7:5 warning services.api.port', 'a number'],
  ['domains:', '7:5 warning services.api.domains', 'a list'],
  ['env:', '7:5 warning services.api.env', 'a map'],
  ['timeout: ~', '7:5 warning services.api.timeout', 'a number or a string'],
  ['schedules: {x: {schedule: 0 3 * * *, path: }}', '7:42 warning services.api.schedules.x.path', 'a string'],
])('%s has no value', (keys, at, wanted) => {
  expect(problemsOf(fileWith(keys))).toEqual([
    `services.yaml:${at}: nothing is written here: leave it out, or write ${wanted}`,
  ]);
});

const LAYERS = (environment: string) => `environments:
  staging: {project: acme-staging, region: europe-west1}
  prod: {project: acme-prod, region: europe-west1, services: {web: {${environment}}}}
defaults: {ingress: internal}
services: {web: {image: "acme/web:1", access: public, env: {LOG: debug}}}
`;

test('null removes the value of an earlier layer, in at least one environment', () => {
  expect(problemsOf(LAYERS('access: null, ingress: ~, env: {LOG: null}'))).toEqual([]);
  const defaultsOfOne = fileWith('env: {LOG: null}').replace('west1}', 'west1, defaults: {env: {LOG: debug}}}');
  expect(problemsOf(defaultsOfOne)).toEqual([]);
  const twice = defaultsOfOne.replace('  prod:', '  staging: {project: acme-staging, region: europe-west1}\n  prod:');
  expect(problemsOf(twice)).toEqual([]);
});

test('a key without a value that removes something is reported, because it may be an unfinished line', () => {
  expect(problemsOf(LAYERS('access: , ingress: '))).toEqual([
    'services.yaml:3:69 warning environments.prod.services.web.access: nothing is written here, which removes services.web.access: write null if that is meant, or one of private, public',
    'services.yaml:3:79 warning environments.prod.services.web.ingress: nothing is written here, which removes defaults.ingress: write null if that is meant, or one of all, internal, internal-and-cloud-load-balancing',
  ]);
});

test('null without a value in an earlier layer is reported', () => {
  expect(problemsOf(LAYERS('port: null, env: {LOGS: null}'))).toEqual([
    'services.yaml:3:69 warning environments.prod.services.web.port: nothing is written here, and lower layers have no value to remove: leave it out, or write a number',
    'services.yaml:3:87 environments.prod.services.web.env.LOGS: nothing is written here, and lower layers have no value to remove: leave it out, or write a string or {secret: …} ("" if it is empty)',
  ]);
});

test('a key without a value hides the findings of checks about it', () => {
  const keys = 'volumes: {files: }\nsidecars: {proxy: {image: "acme/proxy:1", volumeMounts: {files: /files}}}';
  expect(errorsOf(fileWith(keys))).toEqual([expect.stringContaining('api.volumes.files: nothing is written here')]);
});
