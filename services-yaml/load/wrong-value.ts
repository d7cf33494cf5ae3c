import { didYouMean } from '../../constructs/core/nearest';
import { type JsonSchema, NOT_BLANK } from '../schema/json-schema';
import { insteadOf } from './instead';
import { OTHER_VALUES } from './other-values';
import type { Path } from './path';

/** Returns the scalar at a path, as it is written in the file. */
export type Shown = (path: Path) => string | undefined;

/** The message if `value` fits none of these schemas; undefined if it fits one. */
export function wrongType(
  choices: readonly JsonSchema[],
  value: unknown,
  path: Path,
  shown: Shown,
): string | undefined {
  const fitting = choices.filter(({ type }) => type === typeOf(value));
  const allowing = fitting.filter((schema) => isAllowed(schema, value));
  if (allowing.length > 0)
    return allowing.every((schema) => isEmptyOrBlank(schema, value)) ? nothing(value) : undefined;
  const wanted = wantedOf(choices);
  if (value === null) return `nothing is written here: write ${wanted}`;
  const got = describeValue(value, choices, path, shown);
  return `${got} is not ${wanted}${hint(choices, value, path, shown)}`;
}

/** The values that these schemas allow, as a message names them: `a string or {secret: …}`. */
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

/** Whether a value is empty or blank, and the schema forbids that. */
function isEmptyOrBlank({ pattern, minItems, minProperties }: JsonSchema, value: unknown): boolean {
  if (typeof value === 'string') return pattern === NOT_BLANK && value.trim() === '';
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).length < ((Array.isArray(value) ? minItems : minProperties) ?? 0);
}

function nothing(value: unknown): string {
  if (typeof value === 'string') return `'${value}' is blank: write something, or remove it`;
  return `the ${Array.isArray(value) ? 'list' : 'map'} is empty: write at least one entry, or remove it`;
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}

/** A schema as a message names it. With alternatives, a map is named by its required keys. */
function describe(schema: JsonSchema, amongOthers: boolean): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) {
    // The list may have a number beside the same text: the number without quotes. Name it once.
    const texts = schema.enum.filter((value) => typeof value === 'string');
    const words = texts.length > 0 ? texts : schema.enum.filter((value) => value !== null).map(String);
    return `one of ${distinct(words).join(', ')}`;
  }
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

/** The refused value. A string is not shown below `env`, or if a list or map is expected: it may be a secret. */
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
  const [key, parent] = [String(path.at(-1)), String(path.at(-2))];
  // The author chooses the names below these keys.
  const words = (!NAMES_OF_TEXT.includes(parent) && Object.hasOwn(OTHER_VALUES, key) && OTHER_VALUES[key]) || {};
  if (Object.hasOwn(words, String(value))) return `: ${words[String(value)]}`;
  const instead = insteadOf(value, choices, path);
  if (instead !== undefined) return `: write ${instead}`;
  if (typeof value === 'string') return hintForText(choices, value);
  if (typeof value === 'number' && key === 'project') return ": write the project's id; its number is projectNumber";
  if (typeof value === 'number' && ['memory', 'sizeLimit'].includes(key) && !NAMES_OF_TEXT.includes(parent)) {
    return `: write ${value}${value < 64 ? 'Gi' : 'Mi'}`;
  }
  if (typeof value !== 'object' && isFreeText(choices)) {
    return `: quote it, "${shown(path) ?? String(value)}"`;
  }
  return '';
}

const NAMES_OF_TEXT = ['env', 'labels', 'annotations', 'headers', 'eventFilters', 'tags'];

function hintForText(choices: readonly JsonSchema[], value: string): string {
  const words = choices.flatMap((schema) => [...(schema.enum ?? []), ...(schema.const ? [schema.const] : [])]);
  const meant = didYouMean(
    value,
    words.filter((word) => typeof word === 'string'),
  );
  if (meant !== '') return meant;
  // Other versions of YAML read these words as true and false.
  const flag = /^(?:(yes|on)|no|off)$/i.exec(value);
  if (flag && choices.some(({ type }) => type === 'boolean')) return `: write ${flag[1] !== undefined}`;
  const port = choices.some(({ type }) => type === 'number') && /(?:^|:)\d+:(\d+)(?:\/tcp)?$/.exec(value)?.[1];
  if (port) return `: write ${port}, on which the container listens`;
  return isQuotedByMistake(value, choices) ? ': leave the quotes out' : '';
}

function isFreeText(choices: readonly JsonSchema[]): boolean {
  return choices.some((schema) => schema.type === 'string' && !schema.enum && !('const' in schema));
}
