import { errorsOf, fileWith, fileWithLoadBalancer, problemsOf } from './problems';

const BLANK = 'is blank: write something, or take it away';

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

test('every blank name of a load balancer is told', () => {
  const keys = `
name: ""
certificate: {existing: []}
sslPolicy: {existing: ""}
address: {existing: ""}`;
  expect(problemsOf(fileWithLoadBalancer(keys))).toEqual([
    `services.yaml:8:11 loadBalancers.edge.name: '' ${BLANK}`,
    'services.yaml:9:29 loadBalancers.edge.certificate.existing: the list is empty: write at least one entry, or take it away',
    `services.yaml:10:27 loadBalancers.edge.sslPolicy.existing: '' ${BLANK}`,
    `services.yaml:11:25 loadBalancers.edge.address.existing: '' ${BLANK}`,
  ]);
});

test.each([
  ['volumes: {keys: {mountPath: /keys, secret: keys, items: []}}', '7:61 services.api.volumes.keys.items: the list'],
  ['traffic: []', '7:14 services.api.traffic: the list'],
])('%s is empty where it must not be', (keys, start) => {
  const line = `services.yaml:${start} is empty: write at least one entry, or take it away`;
  expect(problemsOf(fileWith(keys))).toEqual([line]);
});

test('a blank setting of a lower layer is refused where it stands, though a higher one goes over it', () => {
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
