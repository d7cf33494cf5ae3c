import { blocks, type Change, isValues, known, SERVICE_TYPES, shown, type Value, type Values } from '../../exposure';
import { argumentChanges } from '../argument-change';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { isScaling } from '../scaling-arguments';
import { secretOfFunction, secretOfVariable } from '../secret-reference';
import { argument, fromTo, isReplaced, nameOf, series } from '../wording';

const IMAGE = 'europe-docker.pkg.dev/acme/apps/api';

/** Arguments that make a revision: the template of a service, the code and settings of a function. */
const OF_REVISION = /^(template|service_config|build_config)\b/;

/** Environment variables: their values are never shown. */
const ENVIRONMENT = /\b(env|\w*environment_variables)(\.|$)/;

/** Lists of blocks: the finding names the blocks if one is added or removed. */
const NAMED_BLOCKS = /\.(containers|volumes)$/;

export const newRevision: Rule = {
  id: 'new-revision',
  severity: 'low',
  finds: 'a new revision rolls out',
  remedy: 'check that the image and the settings are those you want to deploy',
  find: ({ changes }) =>
    changes.flatMap((change) => {
      if (!SERVICE_TYPES.some((type) => type === change.type) || !change.after || isReplaced(change)) return [];
      const what = series([...image(change), ...blocksChanged(change), ...environment(change), ...others(change)]);
      if (what === '') return [];
      return [{ address: change.address, message: `a new revision of ${nameOf(change.after)} rolls out: ${what}` }];
    }),
  example: {
    found: planOf(
      updated(API, service({ template: [{ containers: [{ image: `${IMAGE}:1.0.0` }] }] }), {
        template: [{ containers: [{ image: `${IMAGE}:1.1.0` }] }],
      }),
    ),
    notFound: planOf(updated(API, service(), { description: 'Orders' })),
  },
};

function others(change: Change): readonly string[] {
  const isReported = (path: string) =>
    OF_REVISION.test(path) &&
    !isScaling(path) &&
    !ENVIRONMENT.test(path) &&
    !NAMED_BLOCKS.test(path) &&
    !/\.(image|ingress_settings)$/.test(path);
  return argumentChanges(change, isReported).map((words) => words.replace(/^\w+\.(spec\.)?(containers\.)?/, ''));
}

function image({ before, after, changed }: Change): readonly string[] {
  if (!changed.some((path) => path.endsWith('.image'))) return [];
  const [from, to] = [images(before?.values), images(after?.values)];
  return to.flatMap((value, place) =>
    known(value) === known(from[place]) ? [] : [`image ${fromTo(from[place], value)}`],
  );
}

function images(values: Values | undefined): readonly Value[] {
  return blocks(containersOf(values)).map((container) => container.image);
}

function containersOf(values: Values | undefined): Value {
  return argument(values, 'template.containers') ?? argument(values, 'template.spec.containers');
}

function blocksChanged({ before, after, changed }: Change): readonly string[] {
  return changed
    .filter((path) => OF_REVISION.test(path) && NAMED_BLOCKS.test(path))
    .map((path) => {
      const names = [before, after].map(
        (side) => series(blocks(argument(side?.values, path)).map(blockName)) || 'none',
      );
      return `${path.split('.').at(-1)} ${names.join(' → ')}`;
    });
}

function blockName({ name, image }: Values): string {
  return shown(name) || shown(image);
}

/** The variables that are added, removed or read from another place; only their names if a value changes. */
function environment({ before, after, changed }: Change): readonly string[] {
  if (!changed.some((path) => OF_REVISION.test(path) && ENVIRONMENT.test(path))) return [];
  const [old, fresh] = [variables(before?.values), variables(after?.values)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  const words = names.flatMap((name) => {
    const [from, to] = [old.get(name) ?? 'none', fresh.get(name) ?? 'none'];
    return from === to ? [] : [`environment variable ${name} ${from} → ${to}`];
  });
  return words.length > 0 ? words : [`a value among the environment variables ${series(names)} (not shown)`];
}

const VALUE = 'a value (not shown)';

/** Each variable with the source of its value. */
function variables(values: Values | undefined): ReadonlyMap<string, string> {
  const ofContainers = blocks(containersOf(values)).flatMap(({ env }) =>
    blocks(env).map((variable) => [shown(variable.name), secretOfVariable(variable) ?? VALUE] as const),
  );
  const ofFunction = ['service_config', 'build_config'].flatMap((config) => {
    const plain = argument(values, `${config}.environment_variables`);
    return isValues(plain) ? Object.keys(plain).map((name) => [name, VALUE] as const) : [];
  });
  const secrets = blocks(argument(values, 'service_config.secret_environment_variables')).map(
    (variable) => [shown(variable.key), secretOfFunction(variable)] as const,
  );
  return new Map([...ofContainers, ...ofFunction, ...secrets]);
}
