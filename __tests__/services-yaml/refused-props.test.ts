import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { loadBalancerChecks, serviceChecks, stackChecks } from '../../constructs/checks';
import { buildStacks, type Problem } from '../../services-yaml';
import { testingApp } from '../testing-app';
import { fileWith, problemsOf } from './problems';

/** Enough to reach every check a few times. For more: RUNS=20000 npx jest refused-props. */
const RUNS = Number(process.env.RUNS ?? 200);

test('findings of checks in a service are reported together with errors of the schema in it', () => {
  const lines = problemsOf(
    fileWith(`ingres: internal
port: 80800
timeout: 2h
env: {DEBUG: true, PORT: "3000", API_TOKEN: hunter2}
memory: lots
minInstances: 5
maxInstances: 2
regions: [europe-west1, europe-west1]
sidecars: {proxy: {cpu: 1}, log: {image: "https://example.com/log"}}`),
  );
  const shortened = lines.map((line) => line.replace(/^.*?(services\.api[^:]*): .*?( \[[a-z-]+\])?$/, '$1$2'));
  expect(shortened).toEqual([
    'services.api',
    'services.api.port [port-range]',
    'services.api.timeout [request-timeout]',
    'services.api.env.DEBUG',
    'services.api.env.PORT [reserved-env]',
    'services.api.env.API_TOKEN [secret-in-env]',
    'services.api.memory [memory-amount]',
    'services.api.minInstances [min-above-max]',
    'services.api.regions[1] [several-regions]',
    'services.api.sidecars.proxy',
    'services.api.sidecars.log.image [image-reference]',
  ]);
});

test('a consequence of a refused value is not reported', () => {
  // With this ingress the domain cannot be reached. While the key is misspelt, this is not known.
  const lines = problemsOf(fileWith('ingres: internal\naccess: public\ndomains: [api.example.com]'));
  expect(lines.join()).not.toMatch(/ingress is|domain-needs-public-ingress/);
  // If the default name were used, two services would have it.
  const text = `${fileWith('name: [web]\nregion: us-east1')}  other: {image: "a/b:1", name: api, region: us-east1}\n`;
  expect(problemsOf(text)).toEqual([
    'services.yaml:7:11 services.api.name: a list is not a string: write one value, without brackets and dashes',
  ]);
});

/** The examples of the checks, without those that take long. */
const EXAMPLES = [...serviceChecks, ...loadBalancerChecks, ...stackChecks]
  .map(({ example }) => example)
  .filter((example) => example.length < 1500);

type Container = Record<string, unknown> | unknown[];

interface Spot {
  readonly holder: Container;
  readonly key: string | number;
}

function placesIn(value: unknown): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Container;
  const keys: (string | number)[] = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
  return keys.flatMap((key) => [{ holder, key }, ...placesIn((holder as Record<string, unknown>)[key])]);
}

/** Places inside services, load balancers and defaults: another service would be another file. */
function placesInside({ defaults, services, loadBalancers }: Record<string, unknown>): Spot[] {
  return [defaults, ...Object.values(services ?? {}), ...Object.values(loadBalancers ?? {})].flatMap(placesIn);
}

const accident = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace', 'replace', 'rename', 'misspell', 'drop', 'add'),
  value: fc.constantFrom<unknown>(null, true, 7, 'word', [], {}, [7], { zz: 7 }),
});

/** A mistake that the schema may find. */
function spoil(file: Record<string, unknown>, { at, kind, value }: { at: number; kind: string; value: unknown }): void {
  const places = placesInside(file);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return;
  const holder = place.holder as Record<string, unknown>;
  const { key } = place;
  if (kind === 'replace' || Array.isArray(holder)) holder[key] = value;
  else if (kind === 'add') holder.zzKey = value;
  else {
    const { [key]: moved } = holder;
    delete holder[key];
    if (kind === 'rename') holder.zzKey = moved;
    if (kind === 'misspell') holder[`${String(key)}zz`] = moved;
  }
}

function findingsOf(text: string): { readonly schema: number; readonly found: string[] } {
  const { problems } = buildStacks(testingApp(), text);
  const isFinding = ({ code }: Problem) => code !== undefined;
  return {
    schema: problems.filter((problem) => !isFinding(problem) && problem.severity === 'error').length,
    // An entry more or less may change a count.
    found: problems
      .filter(isFinding)
      .map(({ code, path, message }) => `${code} ${path}: ${message}`.replace(/\d+/g, '#')),
  };
}

/** Findings about a part that the mistake removed or added: the file with it and the file without it are different files. */
const OF_ANOTHER_FILE = /^(?:no-environment|environment-without-services|unknown-service) |zz/;

test('after the schema accepts the file, all earlier findings of checks are still found', () => {
  let refused = 0;
  const right = new Map(EXAMPLES.map((example) => [example, findingsOf(example).found]));
  fc.assert(
    fc.property(fc.constantFrom(...EXAMPLES), accident, (example, mistake) => {
      const file = parse(example);
      spoil(file, mistake);
      const { schema, found } = findingsOf(stringify(file));
      if (schema === 0) return;
      refused += 1;
      const known = right.get(example) ?? [];
      expect(found.filter((finding) => !OF_ANOTHER_FILE.test(finding) && !known.includes(finding))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(refused).toBeGreaterThan(RUNS / 4);
});
