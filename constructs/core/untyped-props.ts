import type { IConstruct } from 'constructs';
import { isToken } from './literal';
import { didYouMean } from './nearest';

/** The form of a prop: one of some words, a list, a construct, a map of texts (`names`), or anything. */
type Form = readonly string[] | 'list' | 'construct' | 'names' | 'any';

/** The form of every prop. A list is `list`, a map of texts is `names`, and one of some words is these words. */
export type PropForms<Props> = { readonly [K in keyof Required<Props>]: FormOf<NonNullable<Props[K]>> };

type FormOf<Value> = [Value] extends [readonly unknown[]]
  ? 'list'
  : [Value] extends [Readonly<Record<string, infer Item>>]
    ? FormOfMap<Value, Item>
    : FormOfWords<Extract<Value, string>>;

/** A map with fixed keys is no map of names. */
type FormOfMap<Map, Item> = string extends keyof Map ? (string extends Item ? 'names' : 'any') : 'any' | 'construct';

/** Any text has no words to choose from. */
type FormOfWords<Word> = [Word] extends [never] ? 'any' | 'construct' : string extends Word ? 'any' : readonly string[];

/**
 * Throws if props do not match their types. tsx and babel run a program without checking types, so a mistyped `ingress` would be
 * ignored and the service would be open to the internet. Props from services.yaml are checked by its schema before.
 * @param required the props that must be set
 */
export function refuseUntyped<Props extends object>(
  construct: IConstruct,
  props: Props,
  forms: PropForms<Props>,
  required: readonly (keyof Props & string)[],
): void {
  const missing = required.filter((key) => props[key] === undefined).map((key) => `${key} is missing`);
  const wrong = Object.entries(props).flatMap(([key, value]) => problemOf(key, value, forms));
  const problems = [...missing, ...wrong];
  if (problems.length > 0) throw new Error(`${construct.node.path}: ${problems.join('; ')}`);
}

function problemOf(key: string, value: unknown, forms: object): string[] {
  if (!Object.hasOwn(forms, key)) return [`there is no prop '${key}'${didYouMean(key, Object.keys(forms))}`];
  const form: Form = Reflect.get(forms, key);
  if (value === null) return [`${key} is null; leave it out`];
  if (value === undefined || form === 'any') return [];
  if (form === 'list')
    return Array.isArray(value) ? [] : [`${key} is a list, [${typeof value === 'string' ? value : '…'}]`];
  if (form === 'construct') return typeof value === 'object' ? [] : [`${key} takes a construct`];
  if (form === 'names') return namesWithoutValue(key, value);
  if (typeof value !== 'string' || isToken(value) || form.includes(value)) return [];
  return [`${key}: '${value}' is not one of ${form.join(', ')}${didYouMean(value, form)}`];
}

/** A value may be missing if it comes from `process.env`. */
function namesWithoutValue(key: string, value: unknown): string[] {
  const entries = typeof value === 'object' ? Object.entries(value ?? {}) : [];
  return entries.flatMap(([name, item]) =>
    item === undefined || item === null ? [`${key}.${name} has no value`] : [],
  );
}
