/** The text for a value that Terraform does not know yet, in every report. */
export const KNOWN_AFTER_APPLY = '(known after apply)';

/** The text for a value that must not be shown, in every report. */
export const SENSITIVE = '(sensitive value)';

/** A resource and one of its attributes, as an expression names them. */
export interface Reference {
  /** Address of the resource or data source; an instance key that is not known is left out. */
  readonly address: string;
  /** The attribute and the path after it, such as `name` or `status[0].url`; empty for the whole resource. */
  readonly attribute: string;
  /** The instance key of the referring resource, if the expression uses its `for_each` or `count`. */
  readonly likelyKey?: string;
  /** Whether it is one of several elements of `for_each`, and it is not known which. */
  readonly oneOf?: boolean;
}

/** A value that is not known, or must not be shown: only its references are known. */
export class Unknown {
  constructor(
    /** The text that a report shows for it. */
    readonly text: typeof KNOWN_AFTER_APPLY | typeof SENSITIVE,
    /** The resources that the expression reads, as far as they are known. */
    readonly references: readonly Reference[] = [],
    /** Whether the configuration has an expression for it; if not, the provider or the API chooses the value. */
    readonly written = true,
  ) {}
}

/** A value of a resource's argument. */
export type Value = string | number | boolean | null | undefined | Unknown | readonly Value[] | Values;

/** The arguments of a resource or of a block in it. */
export interface Values {
  readonly [argument: string]: Value;
}

/** Whether a value is a map of arguments. */
export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** A scalar argument as text; undefined if it is not set or is no scalar. */
export function text(value: Value): string | Unknown | undefined {
  if (value instanceof Unknown || typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A scalar argument as text if it is known, and not empty. */
export function known(value: Value): string | undefined {
  const scalar = text(value);
  return typeof scalar === 'string' && scalar !== '' ? scalar : undefined;
}

/** A scalar argument as a report shows it. */
export function shown(value: Value): string {
  const scalar = text(value);
  if (scalar instanceof Unknown) return scalar.text;
  return scalar ?? '';
}

/** Whether a flag is true, in the forms of configurations and annotations. */
export function isTrue(value: Value): boolean {
  return value === true || value === 'true';
}

/** The blocks of a nested block argument: Terraform writes a list, CDK for Terraform a single block as an object. */
export function blocks(value: Value): readonly Values[] {
  if (isValues(value)) return [value];
  return Array.isArray(value) ? value.filter(isValues) : [];
}

/** The first block of a nested block argument, or no arguments at all. */
export function block(value: Value): Values {
  return blocks(value)[0] ?? {};
}

/** An argument of a nested block; if the whole block is not known, the argument is not known either. */
export function within(value: Value, argument: string): Value {
  if (isHidden(value)) return value;
  const hidden = Array.isArray(value) ? value.find((element: Value) => isHidden(element)) : undefined;
  return hidden ?? block(value)[argument];
}

/** The elements of a list of scalars; a list that is not known is one element that is not known. */
export function list(value: Value): readonly (string | Unknown)[] {
  if (value instanceof Unknown) return [value];
  if (!Array.isArray(value)) return [];
  return value.flatMap((element: Value) => text(element) ?? []);
}

/**
 * Whether a value in a plan's JSON is not set: the provider reads an unset argument back as `""`, 0, `false`, an empty list or
 * block, or leaves it out, and a refresh may turn one form into another.
 */
export function isNotSet(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !value;
  if (Array.isArray(value)) return value.length === 0;
  return !(value instanceof Unknown) && Object.values(value).every(isNotSet);
}

/** Whether the configuration sets a value that is not known or not shown; a value that the API chooses does not count. */
export function isHidden(value: Value): value is Unknown {
  return value instanceof Unknown && value.written;
}

/** Whether a nested block argument, or one of its blocks, is not known or not shown as a whole. */
export function lacksBlocks(value: Value): boolean {
  return value instanceof Unknown || (Array.isArray(value) && value.some((element) => element instanceof Unknown));
}

/** Whether a value or anything in it is not known, or not shown. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isValues(value) && Object.values(value).some(hasUnknown);
}

/** Whether the API decides a value because the configuration says nothing about it. */
export function isLeftOut(value: Value): boolean {
  return value === null || value === undefined || value === '' || (value instanceof Unknown && !value.written);
}

/** The value with every part that equals a part of `others` replaced by that object: this saves memory in a large plan. */
export function withShared<T extends Value>(value: T, others: Value): T {
  if (value === others) return others as T;
  if (value instanceof Unknown || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) && Array.isArray(others)) {
    const elements = value.map((element: Value, i) => withShared(element, others[i]));
    const same = elements.length === others.length && elements.every((element, i) => element === others[i]);
    return (same ? others : elements) as Value as T;
  }
  if (!isValues(value) || !isValues(others)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withShared(member, others[name])] as const);
  const same =
    members.length === Object.keys(others).length &&
    members.every(([name, member]) => name in others && member === others[name]);
  return (same ? others : Object.fromEntries(members)) as Value as T;
}
