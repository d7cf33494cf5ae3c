import { nearest, squeeze, suggestion } from '../../constructs/core/nearest';
import { definition } from '../schema/schema';
import { OTHER_WORDS } from './other-tools';

/** The message for an unknown key: a word of another tool, a key in the wrong place, or a typing error. */
export function unknownKeyMessage(key: string, value: unknown, known: readonly string[]): string {
  const refused = otherWord(key, known) ?? changeOf(key, known);
  if (refused !== undefined) return `'${key}' is refused: ${refused}`;
  // `default` is a typing error for `defaults`, not a service.
  const plural = known.find((each) => squeeze(each) === `${squeeze(key)}s`);
  if (plural !== undefined) return `unknown key '${key}'${suggestion(plural)}`;
  const similar = nearest(key, known);
  const misplaced = placeOfMap(key, value, known) ?? (similar === undefined ? placeOfKey(key, known) : undefined);
  if (misplaced !== undefined) return misplaced;
  return `unknown key '${key}'${suggestion(similar)}`;
}

/** What to write for a word of another tool. Undefined if the suggested key is unknown too, which is common in a sidecar. */
function otherWord(key: string, known: readonly string[]): string | undefined {
  const squeezed = squeeze(key);
  for (const { mapsWith, words } of OTHER_WORDS) {
    if (!known.includes(mapsWith)) continue;
    const word = Object.keys(words).find((each) => squeeze(each) === squeezed);
    const advice = word === undefined ? undefined : words[word];
    if (advice === undefined) continue;
    const other = /^write (\w+)/.exec(advice)?.[1];
    if (other === undefined || known.includes(other) || !isServiceKey(other)) return advice;
  }
  return undefined;
}

/** Flags of gcloud that change a service, such as `--add-volume`. The file has the whole list instead. */
const CHANGE = /^-*(set|update|add|clear|remove)[-_]*(\w.*)$/i;

function changeOf(key: string, known: readonly string[]): string | undefined {
  const [, verb, rest = ''] = CHANGE.exec(key) ?? [];
  if (verb === undefined) return undefined;
  const own = known.find((each) => [squeeze(rest), `${squeeze(rest)}s`].includes(squeeze(each)));
  const advice = own === undefined ? otherWord(rest, known) : `write ${own}`;
  const takesAway = /^(?:clear|remove)$/i.test(verb) && advice?.startsWith('write ');
  return takesAway ? 'an apply removes what is not in the file; leave it out' : advice;
}

/** Where to write a map that looks like a service, a load balancer or an environment. */
function placeOfMap(key: string, value: unknown, known: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const has = (...keys: string[]) => keys.some((each) => Object.hasOwn(value, each));
  const looksLike = (what: string, where: string) => `'${key}' looks like ${what}: ${where}`;
  if (has('project') && has('region') && known.includes('environments')) {
    return looksLike('an environment', 'indent it below environments');
  }
  if (has('defaultService')) return looksLike('a load balancer', 'write it below loadBalancers');
  if (known.includes('services') && Object.keys(value).length > 0 && Object.keys(value).every(isServiceKey))
    return looksLike('a service', 'indent it below services');
  const isOfService = Object.keys(value).length > 0 && Object.keys(value).every(isServiceKey);
  if (known.includes('image') && !has('image') && isOfService) return looksLike('a service', 'write it below services');
  if (!has('image') || !known.includes('image')) return undefined;
  return looksLike(
    'a service',
    'write it beside this one, with the same indentation; a second container belongs in sidecars',
  );
}

/** Where to write a key that is one level too high. */
function placeOfKey(key: string, known: readonly string[]): string | undefined {
  if (!known.includes('services')) return undefined;
  if (isServiceKey(key)) return `'${key}' is a key of services: write it in a service, or in defaults for all of them`;
  if (known.includes('environments') && Object.hasOwn(definition('EnvironmentSpec').properties ?? {}, key)) {
    return `'${key}' is a key of environments: write it in each of them`;
  }
  return undefined;
}

function isServiceKey(key: string): boolean {
  return Object.hasOwn(definition('CloudRunServiceProps').properties ?? {}, key);
}
