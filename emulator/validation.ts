import type { CheckRules, ValueCheck } from './behaviour';
import { blocksAt } from './planning';
import type { AttributePath, Diagnostic } from './protocol/messages';
import { isZero, type ObjectValue, UNKNOWN, type Value } from './protocol/values';

/** The real provider's checks of a configuration beyond its schema, with the messages of terraform-plugin-sdk. */
export function validate(rules: CheckRules, config: ObjectValue): Diagnostic[] {
  return [
    ...Object.entries(rules.values ?? {}).flatMap(([path, check]) => checkValues(config, path, check)),
    ...Object.entries(rules.conflicts ?? {}).flatMap(([path, others]) => checkConflicts(config, path, others)),
    ...(rules.exactlyOneOf ?? []).flatMap((paths) => checkExactlyOne(config, paths)),
    ...(rules.atLeastOneOf ?? []).flatMap((paths) => checkAtLeastOne(config, paths)),
  ];
}

function checkValues(config: ObjectValue, path: string, check: ValueCheck): Diagnostic[] {
  const [parent, name] = splitPath(path);
  return blocksAt(config, parent).flatMap((block) => {
    const values = Array.isArray(block[name]) ? block[name] : [block[name]];
    return values.flatMap((value) => {
      if (value === null || value === undefined || typeof value === 'object') return [];
      const complaint = check(String(value), indexed([path]));
      return complaint === undefined ? [] : [problem(complaint, '', path)];
    });
  });
}

function checkConflicts(config: ObjectValue, path: string, others: readonly string[]): Diagnostic[] {
  if (!isSet(config, path)) return [];
  return others
    .filter((other) => isSet(config, other))
    .map((other) => problem('Conflicting configuration arguments', `"${path}": conflicts with ${other}`, path));
}

function checkExactlyOne(config: ObjectValue, paths: readonly string[]): Diagnostic[] {
  const parents = enclosing(paths);
  if (parents !== '' && blocksAt(config, parents).length === 0) return [];
  const given = paths.filter((path) => isSet(config, path));
  const list = indexed(paths);
  if (given.length === 1) return [];
  const detail =
    given.length === 0
      ? `"${indexed([paths[0] ?? ''])}": one of \`${list}\` must be specified`
      : `"${indexed([given[0] ?? ''])}": only one of \`${list}\` can be specified, but \`${indexed(given)}\` were specified.`;
  return [problem('Invalid combination of arguments', detail, paths[0] ?? '')];
}

function checkAtLeastOne(config: ObjectValue, paths: readonly string[]): Diagnostic[] {
  const parents = enclosing(paths);
  if (parents !== '' && blocksAt(config, parents).length === 0) return [];
  if (paths.some((path) => isSet(config, path))) return [];
  const detail = `"${indexed([paths[0] ?? ''])}": one of \`${indexed(paths)}\` must be specified`;
  return [problem('Missing required argument', detail, paths[0] ?? '')];
}

/** Rules for the arguments of one block apply only if the block is written. */
function enclosing(paths: readonly string[]): string {
  const [first] = splitPath(paths[0] ?? '');
  return paths.every((path) => path.startsWith(`${first}.`)) ? first : '';
}

function isSet(config: ObjectValue, path: string): boolean {
  const [parent, name] = splitPath(path);
  return blocksAt(config, parent).some((block) => given(block[name]));
}

function given(value: Value): boolean {
  return value === UNKNOWN || value === false || value === 0 || !isZero(value);
}

function splitPath(path: string): [parent: string, name: string] {
  const at = path.lastIndexOf('.');
  return at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}

/** The SDK writes paths with indexes. */
function indexed(paths: readonly string[]): string {
  return paths.map((path) => path.replaceAll('.', '.0.')).join(',');
}

function problem(summary: string, detail: string, path: string): Diagnostic {
  return { severity: 'ERROR', summary, detail, attribute: topLevel(path) };
}

/** Terraform points at the top-level argument. Inside blocks, its name is enough to find the value. */
function topLevel(path: string): AttributePath {
  return { steps: [{ attribute_name: path.split('.')[0] ?? path }] };
}

export function oneOf(...allowed: string[]): ValueCheck {
  const list = allowed.map((value) => JSON.stringify(value)).join(' ');
  return (value, name) =>
    allowed.includes(value) ? undefined : `expected ${name} to be one of [${list}], got ${value}`;
}

export function matching(pattern: RegExp): ValueCheck {
  return (value, name) =>
    pattern.test(value)
      ? undefined
      : `"${name}" (${JSON.stringify(value)}) doesn't match regexp ${JSON.stringify(pattern.source)}`;
}
