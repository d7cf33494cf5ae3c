import { didYouMean } from '../../constructs/core/nearest';
import { type JsonSchema, NOT_BLANK } from '../schema/json-schema';
import { alternatives } from '../schema/schema';
import { OTHER_VALUES } from './other-values';
import type { Path } from './path';

/** Gives the scalar at a path as it is written in the file. */
export type Shown = (path: Path) => string | undefined;

/** What is wrong with `value` as a scalar, list or map of one of these kinds; undefined if it is one. */
export function wrongType(
  choices: readonly JsonSchema[],
  value: unknown,
  path: Path,
  shown: Shown,
): string | undefined {
  const fitting = choices.filter(({ type }) => type === typeOf(value));
  const allowing = fitting.filter((schema) => isAllowed(schema, value));
  if (allowing.length > 0) return allowing.every((schema) => saysNothing(schema, value)) ? nothing(value) : undefined;
  const wanted = wantedOf(choices);
  if (value === null) return `nothing is written here: write ${wanted}`;
  const got = describeValue(value, choices, path, shown);
  return `${got} is not ${wanted}${hint(choices, value, path, shown)}`;
}

/** What a value of one of these kinds is, in the words of a message: `a string or {secret: …}`. */
export function wantedOf(choices: readonly JsonSchema[]): string {
  return distinct(choices.map((schema) => describe(schema, choices.length > 1))).join(' or ');
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

function isAllowed(schema: JsonSchema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  return typeof value !== 'number' || Number.isFinite(value);
}

/** Whether a value is empty, or blank, where it has to say something. */
function saysNothing({ pattern, minItems, minProperties }: JsonSchema, value: unknown): boolean {
  if (typeof value === 'string') return pattern === NOT_BLANK && value.trim() === '';
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).length < ((Array.isArray(value) ? minItems : minProperties) ?? 0);
}

function nothing(value: unknown): string {
  if (typeof value === 'string') return `'${value}' is blank: write something, or take it away`;
  return `the ${Array.isArray(value) ? 'list' : 'map'} is empty: write at least one entry, or take it away`;
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}

/** A schema in the words of a message; among others a map is told by the keys it requires. */
function describe(schema: JsonSchema, amongOthers: boolean): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return `one of ${distinct(schema.enum.filter((value) => value !== null).map(String)).join(', ')}`;
  switch (schema.type) {
    case 'object':
      return amongOthers && schema.required ? `{${schema.required.map((key) => `${key}: …`).join(', ')}}` : 'a map';
    case 'array':
      return 'a list';
    case 'boolean':
      return 'true or false';
    default:
      return `a ${schema.type}`;
  }
}

/** The refused value. A string is left out below `env`, and where a list or map belongs: it may well be a secret. */
function describeValue(value: unknown, choices: readonly JsonSchema[], path: Path, shown: Shown): string {
  if (typeof value === 'string') {
    const scalarWanted = choices.some(({ type }) => type !== 'object' && type !== 'array');
    if (!scalarWanted || path.includes('env')) return 'a string';
    if (isQuotedByMistake(value, choices)) return `"${value}"`;
    return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  }
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  return shown(path) ?? String(value);
}

function isQuotedByMistake(value: string, choices: readonly JsonSchema[]): boolean {
  return choices.some(
    ({ type }) =>
      (type === 'number' && /^\d+(\.\d+)?$/.test(value)) || (type === 'boolean' && /^(true|false)$/.test(value)),
  );
}

function hint(choices: readonly JsonSchema[], value: unknown, path: Path, shown: Shown): string {
  const takes = (wanted: string) => choices.some(({ type }) => type === wanted);
  const key = String(path.at(-1));
  const words = (!isFreeText(choices) && Object.hasOwn(OTHER_VALUES, key) && OTHER_VALUES[key]) || {};
  if (Object.hasOwn(words, String(value))) return `: ${words[String(value)]}`;
  if (Array.isArray(value))
    return takes('object')
      ? mapInstead(value, choices)
      : typeof path.at(-1) === 'number'
        ? ': write its entries in the outer list'
        : '';
  if (typeof value === 'object' && value !== null && takes('array')) return `: write ${listOfMap(value, choices)}`;
  if (typeof value === 'string') {
    const words = choices.flatMap((schema) => [...(schema.enum ?? []), ...(schema.const ? [schema.const] : [])]);
    const meant = didYouMean(
      value,
      words.filter((word) => typeof word === 'string'),
    );
    if (meant !== '') return meant;
    if (takes('array')) return `: write ${listInstead(value, path)}`;
    const port = takes('number') ? /(?:^|:)\d+:(\d+)(?:\/tcp)?$/.exec(value)?.[1] : undefined;
    if (port !== undefined) return `: write ${port}, on which the container listens`;
    return isQuotedByMistake(value, choices) ? ': leave the quotes out' : '';
  }
  if (typeof value !== 'object' && isFreeText(choices)) {
    return `: quote it, "${shown(path) ?? String(value)}"`;
  }
  return '';
}

function isFreeText(choices: readonly JsonSchema[]): boolean {
  return choices.some((schema) => schema.type === 'string' && !schema.enum && !('const' in schema));
}

/** The list that a string was meant to be. What a container is started with is not shown: a secret may well be in it. */
function listInstead(text: string, path: Path): string {
  if (path.some((segment) => ['args', 'command'].includes(String(segment))))
    return 'each word as an entry, [npm, start]';
  const entries = text.split(/[,\s]+/).filter((entry) => entry !== '');
  const needsQuotes = entries.some((entry) => !/^[\w][\w.@:/-]*$/.test(entry));
  return needsQuotes ? 'each entry with a dash before it' : `[${entries.join(', ')}]`;
}

/** The list that a map was meant to be: of its keys, or of maps as it is one. */
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

/** Entries that a map is shown with in place of a list. */
const MOST_SHOWN = 3;

/** The map that a list was meant to be: its names alone, since a value may well be a secret. */
function mapInstead(list: readonly unknown[], choices: readonly JsonSchema[]): string {
  const known = choices.flatMap(({ properties }) => Object.keys(properties ?? {}));
  const isFree = choices.some(({ additionalProperties }) => typeof additionalProperties === 'object');
  const names = distinct(
    list.flatMap((item) => (isFree ? nameOf(item) : keysOf(item).filter((key) => known.includes(key)))),
  );
  const shown = names.length > 0 ? names.slice(0, MOST_SHOWN) : isFree ? ['NAME'] : known.slice(0, 1);
  const more = names.length > MOST_SHOWN ? ', …' : '';
  const how = isFree ? 'a map, each name before its value' : 'its keys as one map';
  return `: write ${how}, {${shown.map((name) => `${name}: …`).join(', ')}${more}}`;
}

/** The name of an item in a list of named things: `NAME=value`, `{name: …}` or a map with one key. */
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
