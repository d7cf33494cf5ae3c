import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployed } from '../../emulator';
import {
  cloudBefore,
  type RecordedChange,
  type RecordedPlan,
  type RecordedStack,
  type Recording,
  type Values,
} from '../recordings/recordings';
import { Workspace } from './harness';

/** What the real Terraform says of a recorded stack with the emulator in the place of the real provider. */
export interface Emulated {
  readonly created: RecordedPlan;
  /** The values of each resource right after the apply, by address. */
  readonly state: { readonly [address: string]: Values };
  readonly replan: RecordedPlan;
  readonly changes: { readonly [name: string]: RecordedPlan };
}

/** Of the project that a stack is for, where it was recorded. */
const PROJECT_NUMBER = '123456789012';

type Module = { readonly configuration: Recording['configuration']; readonly applied: boolean };

/**
 * Does with the emulator what was recorded with the real provider, in four runs of Terraform and as `preview` does it. The stack is
 * created as a module; then one plan holds a module for each change, whose state is a copy of what was applied, and one without a state: a plan asks
 * the cloud and alters nothing, so the modules cannot disturb one another.
 */
export async function emulate({ example }: RecordedStack, recording: Recording): Promise<Emulated> {
  const projects = Object.fromEntries(
    recording.configuration.provider.google.map(({ project }) => [project, { number: PROJECT_NUMBER }]),
  );
  const workspace = await Workspace.open({ ...cloudBefore(example), projects });
  try {
    writeModules(workspace, { replan: { configuration: recording.configuration, applied: true } });
    const there = await deployed({ folder: workspace.folder, environment: process.env }, workspace.cloud);
    const state: StateFile = JSON.parse(JSON.stringify(there.state));
    const modules: { [name: string]: Module } = {
      created: { configuration: recording.configuration, applied: false },
      replan: { configuration: recording.configuration, applied: true },
    };
    for (const [name, { configuration }] of Object.entries(recording.changes)) {
      modules[`change_${name}`] = { configuration, applied: true };
    }
    writeModules(workspace, modules);
    workspace.file('terraform.tfstate', JSON.stringify(copied(state, modules)));
    const { json } = await workspace.plan();
    return {
      created: planOf(json as unknown as RecordedPlan, 'created'),
      state: valuesIn(state),
      replan: planOf(json as unknown as RecordedPlan, 'replan'),
      changes: Object.fromEntries(
        Object.keys(recording.changes).map((name) => [name, planOf(json as unknown as RecordedPlan, `change_${name}`)]),
      ),
    };
  } finally {
    await workspace.close();
  }
}

/** A configuration that calls each stack as a module, and what `terraform init` would write about them. */
function writeModules(workspace: Workspace, modules: { [name: string]: Module }): void {
  const [{ configuration: first }] = Object.values(modules) as [Module];
  const { required_providers } = first.terraform;
  const calls: { [name: string]: object } = {};
  const manifest = [{ Key: '', Source: '', Dir: '.' }];
  for (const [name, { configuration }] of Object.entries(modules)) {
    const { terraform: _, ...stack } = configuration;
    const answers = Object.keys(stack.variable ?? {}).map((each) => [each, 's3cret']);
    calls[name] = { source: `./${name}`, ...Object.fromEntries(answers) };
    manifest.push({ Key: name, Source: `./${name}`, Dir: name });
    mkdirSync(join(workspace.folder, name), { recursive: true });
    workspace.file(join(name, 'main.tf.json'), JSON.stringify(stack));
  }
  workspace.file('main.tf.json', JSON.stringify({ terraform: { required_providers }, module: calls }));
  mkdirSync(join(workspace.folder, '.terraform', 'modules'), { recursive: true });
  writeFileSync(join(workspace.folder, '.terraform', 'modules', 'modules.json'), JSON.stringify({ Modules: manifest }));
}

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly index_key?: string | number; readonly attributes: Values }[];
  }[];
}

/** The state of `module.replan` once for every module that begins with what was applied. */
function copied(state: StateFile, modules: { [name: string]: Module }): StateFile {
  const applied = Object.keys(modules).filter((name) => modules[name]?.applied);
  const text = JSON.stringify(state.resources);
  const resources = applied.flatMap((name) => JSON.parse(text.replaceAll('module.replan', `module.${name}`)));
  return { ...state, resources };
}

function valuesIn(state: StateFile): { [address: string]: Values } {
  return Object.fromEntries(
    state.resources.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes ?? {}]),
  );
}

/** The part of a plan that is about one module, as if it had been planned alone. */
function planOf({ resource_changes, resource_drift = [] }: RecordedPlan, module: string): RecordedPlan {
  const own = (changes: readonly RecordedChange[]) =>
    changes
      .filter(({ address }) => address.startsWith(`module.${module}.`))
      .map((change) => ({ ...change, address: change.address.slice(`module.${module}.`.length) }));
  return { resource_changes: own(resource_changes), resource_drift: own(resource_drift) };
}
