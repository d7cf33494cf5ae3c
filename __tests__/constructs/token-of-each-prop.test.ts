import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformVariable, Testing, Token } from 'cdktf';
import { CloudRunService, type CloudRunServiceProps, CloudRunStack, ExternalLoadBalancer } from '../../constructs';
import { addConnections, withoutConnections } from '../../constructs/connections/connections';
import { loadSpec } from '../../services-yaml/load/load';
import { meantBy, withServices } from '../../services-yaml/load/service-names';
import { testingApp } from '../testing-app';

type Path = readonly (string | number)[];
type Environment = ReturnType<typeof environmentOf>;

/** Examples that have nearly every prop between them. */
const EXAMPLES = ['every-setting', 'trigger-settings', 'load-balancer-routes', 'load-balancer-existing-parts'];

/** Names of other things of the file, and a text that has to be the same in two places. */
const OF_THE_FILE =
  /^(?:calls\.\d+(?:\.service)?|taskQueues\.\w+\.enqueuers\.\d+|defaultService|routes\.\d+\.service|subscriptions\.payments\.serviceAccount\.displayName)$/;

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? [] : [path];
  return Object.entries(value).flatMap(([key, item]) =>
    leavesOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaced<T>(value: T, [key, ...rest]: Path, item: unknown): T {
  if (key === undefined) return item as T;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as T & object;
  Reflect.set(copy, key, replaced(Reflect.get(copy, key), rest, item));
  return copy;
}

/** The last environment of an example. */
function environmentOf(example: string) {
  const text = readFileSync(join(__dirname, `../../examples/${example}/services.yaml`), 'utf8');
  const { name, props, services, loadBalancers } = loadSpec(text).environments.at(-1) ?? {};
  if (!name || !props || !services || !loadBalancers) throw new Error(`${example} has no environment`);
  return { name, props, services, loadBalancers };
}

/** The stack of an environment, with a token in one place of its props, and `noise` made before it. */
function build({ name, props, services, loadBalancers }: Environment, key: string, path: Path, noise: number) {
  const stack = new CloudRunStack(testingApp(), name, props);
  const words = new TerraformVariable(stack, 'some_text', { type: 'string' });
  const number = new TerraformVariable(stack, 'some_number', { type: 'number' });
  for (let index = 0; index < noise; index += 1) Token.asString({ resolve: () => 'noise' });
  const propsOf = <T>(loaded: { readonly key: string; readonly props?: T }): T => {
    if (loaded.key !== key || loaded.props === undefined) return loaded.props as T;
    const old = path.reduce<unknown>((map, segment) => Reflect.get(map as object, segment), loaded.props);
    return replaced(loaded.props, path, typeof old === 'number' ? number.numberValue : words.stringValue);
  };
  for (const each of services) new CloudRunService(stack, each.key, withoutConnections(propsOf(each)));
  const byKey = new Map(stack.services.map((service) => [service.node.id, service]));
  for (const each of services) {
    addConnections(byKey.get(each.key) as CloudRunService, propsOf<CloudRunServiceProps<string>>(each), meantBy(byKey));
  }
  for (const each of loadBalancers) {
    const resolved = withServices(propsOf(each), byKey);
    if (resolved) new ExternalLoadBalancer(stack, each.key, resolved);
  }
  return stack;
}

test.each(EXAMPLES)('a token in every prop of %s is passed to Terraform, or refused with the reason', (example) => {
  const environment = environmentOf(example);
  const wrong: string[] = [];
  const tried = new Set<string>();
  for (const { key, props } of [...environment.services, ...environment.loadBalancers]) {
    for (const path of leavesOf(props)) {
      const place = path.map((segment) => (typeof segment === 'number' ? '*' : segment)).join('.');
      if (tried.has(place) || OF_THE_FILE.test(path.join('.'))) continue;
      tried.add(place);
      const stack = build(environment, key, path, 0);
      const errors = stack.findings().filter(({ severity }) => severity === 'error');
      const messages = errors.map(({ message, remedy }) => `${message}; ${remedy}`).join('\n');
      const synthesized = errors.length > 0 ? '' : Testing.synth(stack);
      if (/TfToken|\de\+\d/.test(messages) || /tftoken|\de\+\d\d\d/i.test(synthesized))
        wrong.push(`${place}: shows a token`);
      if (errors.length > 0 && !messages.includes('only Terraform knows its value'))
        wrong.push(`${place}: ${messages}`);
      if (errors.length === 0 && !/\bvar\.some_/.test(synthesized)) wrong.push(`${place}: is dropped`);
      if (errors.length === 0 && Testing.synth(build(environment, key, path, 5)) !== synthesized) {
        wrong.push(`${place}: changes with what was made before`);
      }
    }
  }
  expect(tried.size).toBeGreaterThan(10);
  expect(wrong).toEqual([]);
});
