import { type Inventory, isEmpty, isJson, type Json, lastSegment } from './found';
import type { Written } from './written';

/** What becomes of a resource of the stack at the first apply. */
export interface Outcome {
  /** Addresses of what exists, with the ids to import it by. */
  readonly imports: Readonly<Record<string, string>>;
  /** The ids, in lower case, of everything that exists and that the file makes: what is imported, and grants that are found. */
  readonly taken: ReadonlySet<string>;
  /** Addresses of what is not in the files, and so is created, or found to exist, at the first apply. */
  readonly created: readonly string[];
  /** What the first apply changes in what exists: address and paths. */
  readonly changed: readonly { readonly address: string; readonly paths: readonly string[] }[];
}

/** Compares what the adopted file makes with what exists. */
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
 * What the provider imports without its project, and then replaces (seen with google 6.50.0 and 7.45.0). Made anew, a grant that exists is
 * found.
 */
const NOT_IMPORTED = ['google_pubsub_subscription_iam_member'];

/** IAM does not tell the case of members apart, and neither does the provider. */
function grantId(target: string, role: string, member?: string): string {
  return [target, role, ...(member === undefined ? [] : [member])].join(' ').toLowerCase();
}

/** Paths at which what is written is not what exists. What is empty where it exists is what the API fills in by default. */
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

/** Blocks without an order: variables of a container, and the attributes by which a trigger chooses events. */
const SETS = /(^|\.)(env|matching_criteria)$/;

function byName(blocks: readonly unknown[]): Json {
  return Object.fromEntries(blocks.filter(isJson).map((each) => [String(each.name ?? each.attribute), each]));
}

/** Arguments that matter when something is created, and that the API does not know afterwards. */
const AT_CREATION = ['spec.force_override'];

/** Defaults that the API does not fill in, and that the file writes out all the same. */
const WRITTEN_OUT = /\.secret\.default_mode$/;

/** A reference to what is known after apply. */
function isReference(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${');
}

/** A self link without the API's address. */
function pathOf(name: unknown): string {
  return String(name ?? '').replace(/^https:\/\/(www|compute)\.googleapis\.com\/(compute\/v1\/)?/, '');
}
