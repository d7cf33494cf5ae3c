import { App, Testing } from 'cdktf';
import { adopt } from '../../adopt/adopt';
import { writtenIn } from '../../adopt/written';
import { addImports, buildStacks, formatProblem, hasErrors } from '../../services-yaml';
import { type Configuration, withoutBackend } from '../emulator/harness';
import type { ResourceChange } from '../emulator/plan';

/** Arguments that an import does not set in the state; the report of an adoption lists them. */
const IN_THE_STATE_ALONE = [
  'labels',
  'terraform_labels',
  'annotations',
  'deletion_protection',
  'template.0.labels',
  'disable_on_destroy',
];

/** The stack that adopts what `terraform show -json` says of a state. */
export function adopted(shown: object, environment: string): Configuration {
  const { services, imports } = adopt([{ name: 'state.json', text: JSON.stringify(shown) }], { environment });
  const { stacks, problems } = buildStacks(new App(), services);
  const all = [...problems, ...addImports(stacks, imports)];
  if (hasErrors(all)) throw new Error(all.map((problem) => formatProblem('services.yaml', problem)).join('\n'));
  const stack = stacks.find(({ node }) => node.id === environment);
  return withoutBackend(JSON.parse(stack ? Testing.synth(stack) : '{}'));
}

/** A stack that imports each of its resources by the id that its arguments give it. */
export function imported(configuration: Configuration): Configuration {
  const imports = writtenIn(JSON.parse(JSON.stringify(configuration))).map(({ address, id }) => ({
    to: address,
    id: id ?? 'none',
  }));
  return { ...configuration, import: imports };
}

/** What a plan does besides importing. */
export function besidesImports(changes: readonly ResourceChange[]): string[] {
  return changes.flatMap(({ address, change }) => {
    const action = change.actions.join('+');
    if (action === 'no-op' || action === 'read') return [];
    // The provider cannot import these; it finds an existing one when it creates it.
    if (action === 'create' && address.startsWith('google_pubsub_subscription_iam_member.')) return [];
    if (action !== 'update') return [`${address}: ${action}`];
    return differences(change.before, change.after, '').map((path) => `${address}: ${path}`);
  });
}

function differences(before: unknown, after: unknown, path: string): string[] {
  if (
    IN_THE_STATE_ALONE.includes(path) ||
    JSON.stringify(before) === JSON.stringify(after) ||
    (isUnset(before) && isUnset(after))
  )
    return [];
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return [path];
  const [one, other] = [before, after] as Record<string, unknown>[];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(one?.[key], other?.[key], path === '' ? key : `${path}.${key}`));
}

function isUnset(value: unknown): boolean {
  return !value || (typeof value === 'object' && Object.values(value).every(isUnset));
}
