import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';
import { LOAD_BALANCER_PROPS } from '../../constructs/load-balancer/external-load-balancer';
import { SERVICE_PROPS } from '../../constructs/service/prop-forms';
import type { JsonSchema } from '../../services-yaml/schema/json-schema';
import { alternatives, definition } from '../../services-yaml/schema/schema';
import { testingApp } from '../testing-app';
import { emptyStack, IMAGE } from './synth';

/** Props of a program that runs without type checks. */
const WRONG: Record<string, [props: object, message: string]> = {
  'a mistyped prop': [{ ingres: 'internal' }, "there is no prop 'ingres' (did you mean 'ingress'?)"],
  'a mistyped word': [
    { ingress: 'interal', access: 'Public' },
    "ingress: 'interal' is not one of all, internal, internal-and-cloud-load-balancing (did you mean 'internal'?); access: 'Public' is not one of private, public (did you mean 'public'?)",
  ],
  'no image': [{ image: undefined }, 'image is missing'],
  'text for a list': [{ domains: 'www.example.com' }, 'domains is a list, [www.example.com]'],
  'a variable that the environment lacks': [{ env: { LEVEL: process.env.NOT_THERE } }, 'env.LEVEL has no value'],
  null: [{ access: null }, 'access is null; leave it out'],
  'the name of a service to call': [{ calls: ['web'] }, "calls takes services, and 'web' is text"],
};

test.each(Object.entries(WRONG))('%s is refused in the program that makes it', (_, [props, message]) => {
  const make = () => new CloudRunService(emptyStack(), 'api', { image: IMAGE, ...props });
  expect(make).toThrow(new Error(`prod/api: ${message}`));
});

test('the props of a load balancer and a stack are checked as well', () => {
  const stack = emptyStack();
  const props = { domains: ['www.example.com'], defaultService: 'web', cdm: true };
  expect(() => new ExternalLoadBalancer(stack, 'edge', props as never)).toThrow(
    new Error("prod/edge: defaultService takes a construct; there is no prop 'cdm' (did you mean 'cdn'?)"),
  );
  expect(() => new CloudRunStack(testingApp(), 'staging', { project: 'acme-staging' } as never)).toThrow(
    new Error('staging: project and region are needed'),
  );
});

function formOf(schema: JsonSchema): unknown {
  const choices = alternatives(schema);
  const all = choices.flatMap((each) => [...(each.enum ?? []), ...(each.const === undefined ? [] : [each.const])]);
  const words = [...new Set(all.filter((word) => typeof word === 'string'))];
  const text = choices.some((each) => each.type === 'string' && !each.enum && each.const === undefined);
  if (choices.every(({ type }) => type === 'array')) return 'list';
  return text || words.length === 0 ? 'other' : words;
}

test.each([
  ['CloudRunServiceProps', SERVICE_PROPS],
  ['ExternalLoadBalancerProps', LOAD_BALANCER_PROPS],
] as const)('the words and lists of %s are those of the schema', (name, forms) => {
  const { properties = {} } = definition(name);
  expect(Object.keys(forms).sort()).toEqual(Object.keys(properties).sort());
  for (const [key, form] of Object.entries(forms)) {
    const expected = Array.isArray(form) || form === 'list' ? form : 'other';
    expect([key, expected]).toEqual([key, formOf(properties[key] ?? {})]);
  }
});
