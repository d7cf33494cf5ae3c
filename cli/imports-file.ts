import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { outputFolder } from './cdktf-json';

/** The imports.yaml beside a services.yaml; undefined if there is none, and for standard input. */
export function importsBeside(path: string): string | undefined {
  const file = join(dirname(path), 'imports.yaml');
  return path !== '-' && existsSync(file) ? file : undefined;
}

/** Notes about entries of imports.yaml that were applied, if the state is a file on this machine. */
export function spentImports(path: string, stacks: readonly CloudRunStack[]): string[] {
  const file = importsBeside(path);
  const imports: Readonly<Record<string, object | null>> = (file && parse(readFileSync(file, 'utf8'))) ?? {};
  return stacks.flatMap((stack) => {
    const addresses = Object.keys(imports[stack.node.id] ?? {});
    if (addresses.length === 0) return [];
    const state = stateOf(stack);
    const one = addresses.length === 1;
    const subject = `${file}: ${addresses.length} ${one ? 'import' : 'imports'} of ${stack.node.id}`;
    if (state === undefined)
      return [`${subject}; they can go when \`terraform state list\` shows all of their addresses`];
    const left = addresses.filter((address) => !state.has(address));
    return left.length === 0
      ? [`${subject} ${one ? 'was' : 'were'} applied and can go`]
      : [`${subject}, ${left.length} not yet applied`];
  });
}

/** The addresses in a state that is a file on this machine; undefined if it is elsewhere, or does not exist yet. */
function stateOf(stack: CloudRunStack): ReadonlySet<string> | undefined {
  const path: unknown = stack.toTerraform().terraform?.backend?.local?.path;
  if (typeof path !== 'string') return undefined;
  const file = resolve(outputFolder(), 'stacks', stack.node.id, path);
  if (!existsSync(file)) return undefined;
  const { resources = [] } = JSON.parse(readFileSync(file, 'utf8')) as { resources?: { type: string; name: string }[] };
  return new Set(resources.map(({ type, name }) => `${type}.${name}`));
}
