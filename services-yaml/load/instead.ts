import type { JsonSchema } from '../schema/json-schema';
import { alternatives } from '../schema/schema';
import type { Path } from './path';

/** The largest number of entries or keys in a message. */
const MOST_SHOWN = 3;

/** What to write if a list, a map or a scalar was expected and the value is another of these; undefined if that is not the mistake. */
export function insteadOf(value: unknown, choices: readonly JsonSchema[], path: Path): string | undefined {
  const lists = choices.filter(({ type }) => type === 'array');
  const maps = choices.filter(({ type }) => type === 'object');
  const takesScalar = lists.length + maps.length < choices.length;
  if (Array.isArray(value)) {
    const isScalars = takesScalar && value.every((item) => typeof item !== 'object');
    if (maps.length > 0 && !isScalars) return mapInstead(value, choices);
    return typeof path.at(-1) === 'number' ? 'its entries in the outer list' : 'one value, without brackets and dashes';
  }
  if (typeof value === 'object') return lists.length > 0 && value !== null ? listOfMap(value, choices) : undefined;
  if (takesScalar) return undefined;
  if (lists.length > 0) return typeof value === 'string' ? listInstead(value, path) : undefined;
  const [map, ...others] = maps;
  return map && others.length === 0 && path.length > 0 ? mapOfScalar(value, map, path) : undefined;
}

/** The map to write instead of a string, a number or `true`. A value below `env` is not shown: it may be a secret. */
function mapOfScalar(value: unknown, map: JsonSchema, path: Path): string | undefined {
  const { required = [], additionalProperties } = map;
  if (typeof additionalProperties === 'object') return mapInstead([value], [map]);
  const [only, ...others] = required;
  if (only === undefined) return value === true ? '{}' : undefined;
  const isShown = typeof value === 'string' && /^[\w@/.:*-][\w@/.:* -]{0,80}$/.test(value) && !path.includes('env');
  if (others.length === 0 && isShown) return `{${only}: ${/[:*@ ]/.test(value) ? `"${value}"` : value}}`;
  return `{${required.map((key) => `${key}: …`).join(', ')}}`;
}

/** The list to write instead of a string. Arguments and commands are not shown: they may contain a secret. */
function listInstead(text: string, path: Path): string {
  if (path.some((segment) => ['args', 'command'].includes(String(segment))))
    return 'each word as an entry, [npm, start]';
  const entries = text.split(/[,\s]+/).filter((entry) => entry !== '');
  const needsQuotes = entries.some((entry) => !/^[\w][\w.@:/-]*$/.test(entry));
  return needsQuotes ? 'each entry with a dash before it' : `[${entries.join(', ')}]`;
}

/** The list to write instead of a map: a list of its keys, or a list of such maps. */
function listOfMap(map: object, choices: readonly JsonSchema[]): string {
  const items = choices.flatMap(({ items }) => (items ? alternatives(items) : []));
  const keys = Object.keys(map).slice(0, MOST_SHOWN);
  const known = items.flatMap(({ properties }) => Object.keys(properties ?? {}));
  if (keys.every((key) => known.includes(key)))
    return `a list of maps, [{${keys.map((key) => `${key}: …`).join(', ')}}]`;
  return items.some(({ type }) => type === 'string')
    ? `a list, [${keys.join(', ')}]`
    : 'a list, each entry with a dash before it';
}

/** The map to write instead of a list. Only names are shown: a value may be a secret. */
function mapInstead(list: readonly unknown[], choices: readonly JsonSchema[]): string {
  const known = choices.flatMap(({ properties }) => Object.keys(properties ?? {}));
  const inner = choices
    .map(({ additionalProperties }) => additionalProperties)
    .find((each) => typeof each === 'object');
  const isFree = inner !== undefined;
  const keysOfInner = inner ? alternatives(inner).flatMap(({ properties }) => Object.keys(properties ?? {})) : [];
  const names = [
    ...new Set(
      list.flatMap((item) =>
        isFree
          ? nameOf(item).filter((name) => !keysOfInner.includes(name))
          : keysOf(item).filter((key) => known.includes(key)),
      ),
    ),
  ];
  const shown = names.length > 0 ? names.slice(0, MOST_SHOWN) : isFree ? ['NAME'] : known.slice(0, 1);
  const more = names.length > MOST_SHOWN ? ', …' : '';
  const how = isFree ? 'a map, each name before its value' : 'its keys as one map';
  return `${how}, {${shown.map((name) => `${name}: …`).join(', ')}${more}}`;
}

/** The name of an item in a list of named items: `NAME=value`, `{name: …}` or a map with one key. */
function nameOf(item: unknown): string[] {
  if (typeof item === 'string') return /^([A-Za-z_]\w*)=(?!=*$)/.exec(item)?.slice(1) ?? [];
  const { name } = (item ?? {}) as { name?: unknown };
  const [only, ...others] = keysOf(item);
  const found = typeof name === 'string' ? name : others.length === 0 ? only : undefined;
  return found !== undefined && /^[\w.-]{1,63}$/.test(found) ? [found] : [];
}

function keysOf(item: unknown): string[] {
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.keys(item) : [];
}
