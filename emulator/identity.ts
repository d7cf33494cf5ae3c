import type { ProviderSettings } from './behaviour';
import { Refusal } from './errors';
import type { ObjectValue, Value } from './protocol/values';

/**
 * The canonical id of a resource as a pattern: `projects/{project}/locations/{location}/services/{name}`. It is the key in the cloud,
 * the `id` in the state, and the import id.
 */
export type IdPattern = string;

const FIELD = /\{(\w+)\}/g;

export function idFrom(pattern: IdPattern, object: ObjectValue): string {
  return pattern.replace(FIELD, (_, field: string) => shortName(object[field], field));
}

/**
 * The last part of a long name. Some arguments take long names, but the id has only the last part (`managed_zone`, a secret's
 * `secret_id`).
 */
function shortName(value: Value, field: string): string {
  const text = typeof value === 'string' ? value : '';
  const whole = WHOLE_FIELDS.includes(field);
  return whole ? text : text.slice(text.lastIndexOf('/') + 1);
}

const WHOLE_FIELDS = ['service_account_id'];

/** Reads an import id: the canonical id, or only its fields, with or without the project (the provider's usual short forms). */
export function parseId(pattern: IdPattern, id: string, provider: ProviderSettings): ObjectValue {
  const fields = [...pattern.matchAll(FIELD)].map((match) => match[1] ?? '');
  const full = new RegExp(
    `^${pattern.replace(FIELD, (_, field) => (WHOLE_FIELDS.includes(field) ? '(.+)' : '([^/]+)'))}$`,
  ).exec(id);
  if (full !== null) return toObject(fields, full.slice(1));
  const parts = id.split('/');
  const withoutProject = fields.filter((field) => field !== 'project');
  if (parts.length === fields.length) return toObject(fields, parts);
  if (parts.length === withoutProject.length) {
    return { ...toObject(withoutProject, parts), ...(fields.includes('project') && { project: provider.project }) };
  }
  throw new Refusal(`Import id "${id}" doesn't match any of the accepted formats: [${pattern}]`);
}

function toObject(fields: string[], values: string[]): ObjectValue {
  return Object.fromEntries(fields.map((field, at) => [field, values[at]]));
}

/** The id in a reference of any form: self link, full resource name or id. */
export function referencedId(reference: Value): string {
  if (typeof reference !== 'string') return '';
  return reference.replace(/^https:\/\/[^/]+\/(compute\/)?(v1|beta)\//, '').replace(/^\/\/[^/]+\//, '');
}

/** The self link that the API reports for an object of Compute Engine. A short name does not change. */
export function selfLink(id: Value): Value {
  return typeof id === 'string' && id.startsWith('projects/') ? `https://www.googleapis.com/compute/v1/${id}` : id;
}
