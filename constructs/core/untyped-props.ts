import type { IConstruct } from 'constructs';
import { isToken } from './literal';
import { didYouMean } from './nearest';

/** Words, where no other text is taken; a list; a construct; names with a value each; or nothing that it is held to. */
type Form = readonly string[] | 'list' | 'construct' | 'names' | 'any';

/** What every prop takes. */
export type PropForms<Props> = { readonly [K in keyof Required<Props>]: Form };

/**
 * Throws where props are not what their types say: tsx and babel run a program without looking at its types, and a mistyped `ingress`
 * would be ignored, the service open to the internet. What stands in services.yaml was held to its schema before.
 * @param required the props that have to be there
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

/** As of `process.env`, whose variables may be missing. */
function namesWithoutValue(key: string, value: unknown): string[] {
  const entries = typeof value === 'object' ? Object.entries(value ?? {}) : [];
  return entries.flatMap(([name, item]) =>
    item === undefined || item === null ? [`${key}.${name} has no value`] : [],
  );
}
