import { type Inventory, isJson, type Json } from '../found';
import { importId } from '../import-id';

/** The kinds of API objects, by the form of their full names, and how Terraform's arguments differ from the API's fields. */
const KINDS: readonly {
  readonly pattern: RegExp;
  readonly type: string;
  readonly adjust: (values: Json, full: Json) => Json;
}[] = [
  {
    pattern: /^projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+$/,
    type: 'google_cloud_run_v2_service',
    adjust: (values) => values,
  },
  {
    pattern: /^projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/]+$/,
    type: 'google_cloud_scheduler_job',
    adjust: ({ state, location, ...values }) => ({
      ...values,
      region: location,
      paused: state === 'PAUSED',
      http_target: schedulerTarget(values.http_target),
    }),
  },
  {
    pattern: /^projects\/[^/]+\/locations\/[^/]+\/queues\/[^/]+$/,
    type: 'google_cloud_tasks_queue',
    adjust: (values) => values,
  },
  {
    pattern: /^projects\/[^/]+\/subscriptions\/[^/]+$/,
    type: 'google_pubsub_subscription',
    adjust: ({ state, ...values }) => values,
  },
  {
    pattern: /^projects\/[^/]+\/topics\/[^/]+$/,
    type: 'google_pubsub_topic',
    adjust: ({ state, ...values }) => values,
  },
  {
    pattern: /^projects\/[^/]+\/locations\/[^/]+\/triggers\/[^/]+$/,
    type: 'google_eventarc_trigger',
    adjust: ({ event_filters, destination, ...values }) => ({
      ...values,
      matching_criteria: event_filters,
      destination: isJson(destination)
        ? { ...destination, cloud_run: undefined, cloud_run_service: destination.cloud_run }
        : {},
    }),
  },
];

/** Whether a document is an object of a Google API: its full name shows its kind. */
export function isApiObject(document: Json): boolean {
  return kindOf(document) !== undefined;
}

/** An object of a Google API in the arguments of the Terraform resource. */
export function readApiObject(document: Json, file: string): Inventory {
  const kind = kindOf(document);
  const fullName = String(document.name);
  if (kind === undefined) return { resources: [], grants: [], leftOut: [] };
  const place = segments(fullName);
  const values = kind.adjust({ ...(snakeCase(document) as Json), ...place }, document);
  const id = importId(kind.type, values) ?? fullName;
  return { resources: [{ type: kind.type, id, values, source: `${file}: ${fullName}` }], grants: [], leftOut: [] };
}

function kindOf({ name }: Json) {
  return typeof name === 'string' ? KINDS.find(({ pattern }) => pattern.test(name)) : undefined;
}

function segments(fullName: string): { project: string; location?: string; name: string } {
  const parts = fullName.split('/');
  const after = (word: string) => parts[parts.indexOf(word) + 1];
  const place = { project: after('projects') ?? '', name: parts.at(-1) ?? '' };
  return parts.includes('locations') ? { ...place, location: after('locations') } : place;
}

/** Scheduler sets these itself, and the provider leaves them out. */
const SCHEDULER_HEADERS = /^(user-agent|x-cloudscheduler.*)$/i;

function schedulerTarget(target: unknown): unknown {
  if (!isJson(target) || !isJson(target.headers)) return target;
  const headers = Object.entries(target.headers).filter(
    ([name, value]) =>
      !SCHEDULER_HEADERS.test(name) && !(name.toLowerCase() === 'content-type' && value === 'application/octet-stream'),
  );
  return { ...target, headers: Object.fromEntries(headers) };
}

/** Maps with keys that the user chooses. */
const MAPS = ['labels', 'annotations', 'limits', 'headers', 'attributes', 'environment_variables'];

/** The API's camelCase names as Terraform writes them. */
function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return [name, MAPS.includes(name) ? each : snakeCase(each)];
    }),
  );
}
