import { errorsOf, fileWithLoadBalancer, problemsOf } from './problems';

const many = (count: number, entry: (index: number) => string) => Array.from({ length: count }, (_, i) => entry(i));
const ranges = (count: number) => many(count, (i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`).join(', ');

/** Settings of a load balancer that Google would refuse at apply, one file each: its keys, and the printed line. */
const REFUSED: readonly [keys: string, line: string][] = [
  [
    'cdn: {defaultTtl: 2d}',
    '8:23 loadBalancers.edge.cdn.defaultTtl: defaultTtl 2d is longer than maxTtl 1d; lower defaultTtl or raise maxTtl [cdn-limits]',
  ],
  [
    'cdn: {clientTtl: 2d}',
    '8:22 loadBalancers.edge.cdn.clientTtl: clientTtl 2d is longer than maxTtl 1d; lower clientTtl or raise maxTtl [cdn-limits]',
  ],
  [
    'cdn: {clientTtl: 1m, maxTtl: 10m}',
    '8:34 loadBalancers.edge.cdn.maxTtl: defaultTtl 1h is longer than maxTtl 10m; lower defaultTtl or raise maxTtl [cdn-limits]',
  ],
  [
    'cdn: {maxTtl: 400d}',
    '8:19 loadBalancers.edge.cdn.maxTtl: maxTtl 400d is too long; write at most 31622400 seconds [cdn-limits]',
  ],
  [
    'cdn: {serveWhileStale: 8d}',
    '8:28 loadBalancers.edge.cdn.serveWhileStale: serveWhileStale 8d is too long; write at most 7d [cdn-limits]',
  ],
  [
    'customRequestHeaders: ["Host: www.example.com"]',
    '8:28 loadBalancers.edge.customRequestHeaders[0]: a load balancer cannot set the header Host; remove it, or use another name [custom-header]',
  ],
  [
    'customResponseHeaders: ["Transfer-Encoding: chunked"]',
    '8:29 loadBalancers.edge.customResponseHeaders[0]: a load balancer cannot set the header Transfer-Encoding; remove it, or use another name [custom-header]',
  ],
  [
    `customRequestHeaders: [${many(17, (i) => `"X-H${i}: v"`).join(', ')}]`,
    '8:5 loadBalancers.edge.customRequestHeaders: there are 17 headers; use at most 16 [custom-header-count]',
  ],
  [
    'customRequestHeaders: ["X-Team: a", "x-team: b"]',
    "8:41 loadBalancers.edge.customRequestHeaders[1]: 'x-team' is set already; set it once [custom-header-count]",
  ],
  [
    'name: A_b é',
    "8:11 loadBalancers.edge.name: 'A_b é' is not a name for a load balancer; use at most 63 lower-case letters, digits and dashes, beginning with a letter [load-balancer-name]",
  ],
  [
    'sslPolicy: {existing: Company Policy}',
    "8:27 loadBalancers.edge.sslPolicy.existing: 'Company Policy' is not the name of an existing resource; write its name in lower-case letters, digits and dashes, or projects/P/…/N [existing-part]",
  ],
  [
    `securityPolicy: {deny: [${ranges(10_001)}]}`,
    '8:22 loadBalancers.edge.securityPolicy.deny: deny has 10001 ranges; use at most 10000, or refer to an address group in a policy of your own: {existing: …} [security-policy-size]',
  ],
];

test.each(REFUSED)('%s is refused at its place', (keys, line) => {
  expect(errorsOf(fileWithLoadBalancer(keys))).toEqual([`services.yaml:${line}`]);
});

test.each([
  'cdn: {defaultTtl: 2d, clientTtl: 2d, maxTtl: 2d, serveWhileStale: 7d}',
  'cdn: {cacheMode: force-cache-all, defaultTtl: 30d, clientTtl: 60d}',
  `customRequestHeaders: [${many(16, (i) => `"X-H${i}:"`).join(', ')}]`,
  `name: ${'n'.repeat(63)}`,
  'sslPolicy: {existing: projects/acme-net/global/sslPolicies/modern}\ncertificate: {map: projects/acme-net/locations/global/certificateMaps/shop}',
  `securityPolicy: {deny: [${ranges(10_000)}]}`,
])('%s is accepted', (keys) => {
  expect(errorsOf(fileWithLoadBalancer(keys))).toEqual([]);
});

test('a variable that is not known is a warning', () => {
  expect(problemsOf(fileWithLoadBalancer('customRequestHeaders: ["X-A: {nosuch} {client_region}"]'))).toEqual([
    "services.yaml:8:28 warning loadBalancers.edge.customRequestHeaders[0]: '{nosuch}' is not a known variable; write one such as {client_region} [custom-header-variable]",
  ]);
});
