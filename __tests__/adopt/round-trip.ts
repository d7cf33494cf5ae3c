import { App, Testing } from 'cdktf';
import { adopt } from '../../adopt/adopt';
import { writtenIn } from '../../adopt/written';
import { addImports, buildStacks, formatProblem, hasErrors } from '../../services-yaml';
import { type Configuration, Workspace, withoutBackend } from '../emulator/harness';

/** What an import leaves for Terraform's state alone, which the report of an adoption says. */
const IN_THE_STATE_ALONE = [
  'labels',
  'terraform_labels',
  'annotations',
  'deletion_protection',
  'template.0.labels',
  'disable_on_destroy',
];

/**
 * Adopts what a workspace has applied, from its state, and plans the adopted file with an empty state on the same cloud. Returns what
 * the plan does besides importing: nothing, unless a line says otherwise.
 */
export async function planOfAdoption(applied: Workspace, environment: string): Promise<string[]> {
  const { services, imports } = adopt([{ name: 'state.json', text: JSON.stringify(await applied.show()) }], {
    environment,
  });
  const { stacks, problems } = buildStacks(new App(), services);
  const all = [...problems, ...addImports(stacks, imports)];
  if (hasErrors(all)) throw new Error(all.map((problem) => formatProblem('services.yaml', problem)).join('\n'));
  const stack = stacks.find(({ node }) => node.id === environment);
  const plan = await planOn(applied, withoutBackend(JSON.parse(stack ? Testing.synth(stack) : '{}')));
  // The provider cannot import these; one that exists is found when it is made.
  return plan.filter((line) => !/^google_pubsub_subscription_iam_member\.\S+: create$/.test(line));
}

/** Plans what a workspace has applied with an empty state, importing each resource by the id that its arguments give it. */
export async function planOfImports(applied: Workspace, configuration: Configuration): Promise<string[]> {
  const imports = writtenIn(JSON.parse(JSON.stringify(configuration))).map(({ address, id }) => ({
    to: address,
    id: id ?? 'none',
  }));
  return planOn(applied, { ...configuration, import: imports });
}

async function planOn(applied: Workspace, configuration: Configuration): Promise<string[]> {
  const workspace = await Workspace.open(applied.cloud.data);
  try {
    const { json } = await workspace.write(configuration).plan();
    return (json.resource_changes ?? []).flatMap(({ address, change }) => {
      const action = change.actions.join('+');
      if (action === 'no-op' || action === 'read') return [];
      if (action !== 'update') return [`${address}: ${action}`];
      return differences(change.before, change.after, '').map((path) => `${address}: ${path}`);
    });
  } finally {
    await workspace.close();
  }
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
