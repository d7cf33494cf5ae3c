import { loadSpec } from '../../services-yaml/load/load';
import { problemsOf } from './problems';

const FILE = `environments:
  staging:
    project: acme-staging
    region: europe-west1
    defaults: {maxInstances: 3, labels: {tier: test}}
    services:
      api:
        args: [--debug]
        env: {LOG: debug, KEY: {secret: test-key}, OLD: null}
        volumes: {data: {gcs: {bucket: test-data}}}
        sidecars: {proxy: {memory: 1Gi}}
        startupProbe: {tcpSocket: {}}
        description: null
      web: null
      probe: {image: probe}
  prod: {project: acme-prod, region: europe-west1}
defaults: {maxInstances: 10, minInstances: 1, labels: {team: shop}}
services:
  api:
    image: api
    description: the API
    args: [--fast, --quiet]
    env: {LOG: info, KEY: {secret: key, version: "3"}, OLD: "1"}
    volumes: {data: {mountPath: /data, emptyDir: {}}}
    sidecars: {proxy: {image: envoy, cpu: 1}}
    startupProbe: {periodSeconds: 3, httpGet: {path: /}}
  web: {image: web, minInstances: null}
`;

function servicesOf(environment: string) {
  const { environments, problems } = loadSpec(FILE);
  expect(problems).toEqual([]);
  const found = environments.find(({ name }) => name === environment);
  return Object.fromEntries(found?.services.map(({ key, props }) => [key, props]) ?? []);
}

test('each layer of a service overrides the one before: file, environment, service, service of the environment', () => {
  expect(servicesOf('staging').api).toMatchObject({ maxInstances: 3, minInstances: 1, image: 'api' });
  expect(servicesOf('prod').api).toMatchObject({ maxInstances: 10 });
});

test('maps merge key by key, at any depth', () => {
  const { api } = servicesOf('staging');
  expect(api?.labels).toEqual({ team: 'shop', tier: 'test' });
  expect(api?.sidecars).toEqual({ proxy: { image: 'envoy', cpu: 1, memory: '1Gi' } });
});

test('a list, and a value with several forms, replaces the whole value', () => {
  const { api } = servicesOf('staging');
  expect(api?.args).toEqual(['--debug']);
  expect(api?.env).toMatchObject({ LOG: 'debug', KEY: { secret: 'test-key' } });
  expect(api?.env?.KEY).not.toHaveProperty('version');
  expect(api?.volumes).toEqual({ data: { gcs: { bucket: 'test-data' } } });
  expect(api?.startupProbe).toEqual({ tcpSocket: {} });
});

test('null removes a key, and a service from the environment', () => {
  const { api, web } = servicesOf('staging');
  expect(api).not.toHaveProperty('description');
  expect(api?.env).not.toHaveProperty('OLD');
  expect(web).toBeUndefined();
  expect(servicesOf('prod').web).not.toHaveProperty('minInstances');
});

test('a service of an environment alone is in no other', () => {
  expect(Object.keys(servicesOf('staging'))).toEqual(['api', 'probe']);
  expect(Object.keys(servicesOf('prod'))).toEqual(['api', 'web']);
});

test('leaving out a missing service is a mistake', () => {
  const text = FILE.replace('web: null', 'wev: null');
  expect(problemsOf(text).filter((line) => line.includes('wev'))).toEqual([
    "services.yaml:14:7 environments.staging.services.wev: there is no service 'wev' to leave out (did you mean 'web'?)",
  ]);
});

test.each([
  [['maxInstances'], 'environments.staging.defaults.maxInstances'],
  [['minInstances'], 'defaults.minInstances'],
  [['image'], 'services.api.image'],
  [['labels', 'team'], 'defaults.labels.team'],
  [['labels', 'tier'], 'environments.staging.defaults.labels.tier'],
  [['env', 'KEY', 'version'], 'environments.staging.services.api.env.KEY'],
  [['volumes', 'data', 'mountPath'], 'environments.staging.services.api.volumes.data'],
  [['args', 0], 'environments.staging.services.api.args[0]'],
  [['sidecars', 'proxy', 'cpu'], 'services.api.sidecars.proxy.cpu'],
  [['sidecars', 'proxy', 'port'], 'environments.staging.services.api.sidecars.proxy'],
  [['description'], 'environments.staging.services.api.description'],
  [['timeout'], 'services.api'],
  [[], 'services.api'],
])('what decided on %j of a service is found in the file', (path, inFile) => {
  const [staging] = loadSpec(FILE).environments;
  expect(staging?.services[0]?.locate(path).path).toBe(inFile);
});

test('a service that an environment adds is located there', () => {
  const [staging] = loadSpec(FILE).environments;
  expect(staging?.services[1]?.locate(['timeout'])).toEqual({
    place: { line: 15, column: 7 },
    path: 'environments.staging.services.probe',
  });
});
