import { type Inventory, isEmpty, isJson, type Json, lastSegment } from './found';
import type { Written } from './written';

/** What the first apply does with the resources of the stack. */
export interface Outcome {
  /** Addresses of resources that exist, with the ids to import them. */
  readonly imports: Readonly<Record<string, string>>;
  /** The ids, in lower case, of all resources that exist and are in the file: imported ones, and grants. */
  readonly taken: ReadonlySet<string>;
  /** Addresses of resources that are not in the input: the first apply creates them, or finds that they exist. */
  readonly created: readonly string[];
  /** What the first apply changes in existing resources: address and paths. */
  readonly changed: readonly { readonly address: string; readonly paths: readonly string[] }[];
}

/** Compares the resources of the adopted file with the existing ones. */
export function outcomeOf(written: readonly Written[], { resources, grants }: Inventory): Outcome {
  const found = new Map(resources.map(({ type, id, values }) => [`${type} ${id}`, values]));
  const granted = new Set(
    grants
      .filter(({ condition }) => condition === undefined)
      .flatMap(({ target, role, member }) => [grantId(target, role, member), grantId(target, role)]),
  );
  const imports: Record<string, string> = {};
  const taken = new Set<string>();
  const created: string[] = [];
  const changed: { address: string; paths: string[] }[] = [];
  for (const { address, type, values, id } of [...written].sort((a, b) => (a.address < b.address ? -1 : 1))) {
    const exists = found.get(`${type} ${id}`);
    const isGranted = id !== undefined && granted.has(id.toLowerCase());
    if (id === undefined || (exists === undefined && !isGranted)) {
      created.push(address);
      continue;
    }
    taken.add(id.toLowerCase());
    if (NOT_IMPORTED.includes(type)) created.push(address);
    else imports[address] = id;
    const paths = exists ? differences(values, exists, '') : [];
    if (paths.length > 0) changed.push({ address, paths });
  }
  return { imports, taken, created, changed };
}

/**
 * Types that the provider imports without their project, and then replaces (seen with google 6.50.0 and 7.45.0). They are created
 * instead: the API then finds the existing grant.
 */
const NOT_IMPORTED = ['google_pubsub_subscription_iam_member'];

/** In lower case: IAM and the provider ignore the case of members. */
function grantId(target: string, role: string, member?: string): string {
  return [target, role, ...(member === undefined ? [] : [member])].join(' ').toLowerCase();
}

/** Paths at which the written value differs from the existing one. If the existing value is empty, the API's default applies. */
function differences(written: unknown, exists: unknown, path: string): string[] {
  if (isReference(written) || AT_CREATION.includes(path)) return [];
  if (isEmpty(exists)) return WRITTEN_OUT.test(path) && !isEmpty(written) ? [path] : [];
  if (Array.isArray(exists)) {
    const list = Array.isArray(written) ? written : written === undefined ? [] : [written];
    if (list.length !== exists.length) return [path];
    if (SETS.test(path)) return differences(byName(list), byName(exists), path);
    return exists.flatMap((each, index) =>
      differences(list[index], each, exists.length > 1 ? `${path}[${index}]` : path),
    );
  }
  if (isJson(exists)) {
    const block = isJson(written) ? written : {};
    return Object.entries(block).flatMap(([key, value]) =>
      differences(value, exists[key], path === '' ? key : `${path}.${key}`),
    );
  }
  const isName = path === 'name'; // a state may have the full name
  const same = isName
    ? lastSegment(String(written)) === lastSegment(String(exists))
    : pathOf(written) === pathOf(exists);
  return same ? [] : [path];
}

/** Blocks without an order: variables of a container, and the attributes that select the events of a trigger. */
const SETS = /(^|\.)(env|matching_criteria)$/;

function byName(blocks: readonly unknown[]): Json {
  return Object.fromEntries(blocks.filter(isJson).map((each) => [String(each.name ?? each.attribute), each]));
}

/** Arguments that matter only at creation: the API does not return them afterwards. */
const AT_CREATION = ['spec.force_override'];

/** Defaults that the API does not return, but the stack writes. */
const WRITTEN_OUT = /\.secret\.default_mode$/;

/** Whether a value is a reference, so that it is known only after apply. */
function isReference(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${');
}

/** A self link without the API's address. */
function pathOf(name: unknown): string {
  return String(name ?? '').replace(/^https:\/\/(www|compute)\.googleapis\.com\/(compute\/v1\/)?/, '');
}
