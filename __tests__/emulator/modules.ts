import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration, Workspace } from './harness';

/** Stacks that one run of Terraform plans together, by the name of the module that each is. A new process for each stack takes longer. */
export interface Modules {
  readonly [name: string]: Configuration;
}

/** A list in groups of at most `size`: Terraform plans or applies each group in one run. */
export function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return items.flatMap((_, at) => (at % size === 0 ? [items.slice(at, at + size)] : []));
}

/**
 * Writes a configuration that calls each stack as a module, and what `terraform init` would write about them. Input variables get a
 * value. Only a root module can import: it does so for the stacks.
 */
export function writeModules(workspace: Workspace, modules: Modules): void {
  const calls: { [name: string]: object } = {};
  const imports: object[] = [];
  const manifest = [{ Key: '', Source: '', Dir: '.' }];
  for (const [name, { terraform: _, import: imported = [], ...stack }] of Object.entries(modules)) {
    const answers = Object.keys(stack.variable ?? {}).map((each) => [each, 's3cret']);
    calls[name] = { source: `./${name}`, ...Object.fromEntries(answers) };
    manifest.push({ Key: name, Source: `./${name}`, Dir: name });
    imports.push(...(imported as { to: string }[]).map((each) => ({ ...each, to: `module.${name}.${each.to}` })));
    mkdirSync(join(workspace.folder, name), { recursive: true });
    workspace.file(join(name, 'main.tf.json'), JSON.stringify(stack));
  }
  const [{ terraform }] = Object.values(modules) as [Configuration];
  const { required_providers } = terraform as { required_providers: object };
  const root = { terraform: { required_providers }, module: calls, ...(imports.length > 0 && { import: imports }) };
  workspace.file('main.tf.json', JSON.stringify(root));
  mkdirSync(join(workspace.folder, '.terraform', 'modules'), { recursive: true });
  writeFileSync(join(workspace.folder, '.terraform', 'modules', 'modules.json'), JSON.stringify({ Modules: manifest }));
}

/** The entries of a plan or state that are about one module, as if it were alone. */
export function ofModule<Entry extends { readonly address: string }>(
  name: string,
  entries: readonly Entry[] = [],
): Entry[] {
  const prefix = `module.${name}.`;
  return entries
    .filter(({ address }) => address.startsWith(prefix))
    .map((entry) => ({ ...entry, address: entry.address.slice(prefix.length) }));
}

/** A text about projects named acme-…, with other project names for each number: stacks of one cloud then do not disturb one another. */
export function inOwnProjects(text: string, number: number): string {
  return text.replaceAll('acme-', `acme${number}-`);
}

/** The text again with the names that the projects have without a number. */
export function asRecorded(text: string, number: number): string {
  return text.replaceAll(`acme${number}-`, 'acme-');
}
