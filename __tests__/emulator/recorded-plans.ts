import { Cloud, type CloudData, deployed } from '../../emulator';
import {
  cloudBefore,
  type RecordedChange,
  type RecordedPlan,
  type RecordedStack,
  type Recording,
  type Values,
} from '../recordings/recordings';
import { affected, onlyAffected } from './affected';
import { type Configuration, Workspace } from './harness';
import { asRecorded, inOwnProjects, type Modules, ofModule, writeModules } from './modules';

/** The plans and state that the real Terraform makes of a recorded stack with the emulator. */
export interface Emulated {
  readonly created: RecordedPlan;
  /** The values of each resource right after the apply, by address. */
  readonly state: { readonly [address: string]: Values };
  readonly replan: RecordedPlan;
  readonly changes: { readonly [name: string]: RecordedPlan };
}

/** Of the projects that stacks are for, where they were recorded. */
const PROJECT_NUMBER = '123456789012';

/** A stack in projects of its own, and its recording as if it were of them. */
interface Renamed {
  readonly name: string;
  readonly before: Partial<CloudData>;
  readonly recording: Recording;
  /** The modules of the second plan, by the last part of their names. */
  readonly modules: { readonly [part: string]: Module };
}

interface Module {
  readonly configuration: Configuration;
  /** Whether it begins with the state of what was applied. */
  readonly applied: boolean;
  /** The only addresses that are planned again; undefined for all. */
  readonly addresses?: ReadonlySet<string> | undefined;
}

/**
 * Does with the emulator what was recorded of some stacks with the real provider, in four runs of Terraform and as `preview` does it. The
 * stacks are created as modules; then one plan holds a module for each change, whose state is a copy of what was applied, and one
 * without a state: a plan asks the cloud and alters nothing, so the modules cannot disturb one another. A module has only what its change
 * can affect; the rest of its plan is that of the module without a change.
 */
export async function emulate(stacks: readonly RecordedStack[]): Promise<Emulated[]> {
  const renamed = stacks.map((stack, number) => inProjectsOf(number, stack));
  const workspace = await Workspace.open(cloudOf(renamed));
  try {
    writeModules(
      workspace,
      Object.fromEntries(renamed.map(({ name, recording }) => [`${name}_replan`, recording.configuration])),
    );
    const there = await deployed({ folder: workspace.folder, environment: process.env }, workspace.cloud);
    const state: StateFile = JSON.parse(JSON.stringify(there.state));
    writeModules(workspace, configurationsOf(renamed));
    workspace.file('terraform.tfstate', JSON.stringify(copied(state, renamed)));
    const { json } = await workspace.plan();
    return renamed.map((stack, number) => {
      const emulated = emulatedOf(stack, json as unknown as RecordedPlan, state);
      return JSON.parse(asRecorded(JSON.stringify(emulated), number));
    });
  } finally {
    await workspace.close();
  }
}

/** What the second plan says of one stack. */
function emulatedOf({ name, recording, modules }: Renamed, plan: RecordedPlan, state: StateFile): Emulated {
  const planOf = (part: string): RecordedPlan => ({
    resource_changes: ofModule(`${name}_${part}`, plan.resource_changes),
    resource_drift: ofModule(`${name}_${part}`, plan.resource_drift),
  });
  const replan = planOf('replan');
  const others = (addresses: ReadonlySet<string> | undefined, changes: readonly RecordedChange[] = []) =>
    changes.filter(({ address }) => addresses?.has(address) === false);
  const changes = Object.keys(recording.changes).map((change) => {
    const { addresses } = modules[`change_${change}`] as Module;
    const { resource_changes, resource_drift = [] } = planOf(`change_${change}`);
    return [
      change,
      {
        resource_changes: [...resource_changes, ...others(addresses, replan.resource_changes)],
        resource_drift: [...resource_drift, ...others(addresses, replan.resource_drift)],
      },
    ];
  });
  const values = valuesIn(state, `${name}_replan`);
  return { created: planOf('created'), state: values, replan, changes: Object.fromEntries(changes) };
}

function inProjectsOf(number: number, stack: RecordedStack): Renamed {
  const recording = recordingInOwnProjects(stack, number);
  return {
    name: `stack_${number}`,
    before: JSON.parse(inOwnProjects(JSON.stringify(cloudBefore(stack.example)), number)),
    recording,
    modules: modulesOf(recording),
  };
}

/** A recording as if it were of projects of its own, so that Terraform can plan several stacks together. */
export function recordingInOwnProjects(stack: RecordedStack, number: number): Recording {
  return JSON.parse(inOwnProjects(JSON.stringify(stack.load()), number));
}

/** What is in the cloud before any of the stacks. */
function cloudOf(stacks: readonly Renamed[]): Partial<CloudData> {
  const cloud = new Cloud();
  for (const { before, recording } of stacks) {
    for (const { project } of recording.configuration.provider.google) {
      cloud.data.projects[project] = { number: PROJECT_NUMBER };
    }
    for (const [type, objects] of Object.entries(before.resources ?? {})) {
      for (const [id, object] of Object.entries(objects)) cloud.put(type, id, object);
    }
    const { resources: _, ...others } = before;
    if (Object.keys(others).length > 0) throw new Error(`cannot put ${Object.keys(others)} into one cloud`);
  }
  return cloud.data;
}

/** The modules of a stack in the second plan. */
function modulesOf({ configuration, changes }: Recording): Renamed['modules'] {
  const changed = Object.entries(changes).map(([change, { configuration: after }]) => {
    const addresses = affected(configuration, after);
    return [`change_${change}`, { configuration: onlyAffected(after, addresses), applied: true, addresses }] as const;
  });
  return {
    created: { configuration, applied: false },
    replan: { configuration, applied: true },
    ...Object.fromEntries(changed),
  };
}

function configurationsOf(stacks: readonly Renamed[]): Modules {
  const all = stacks.flatMap(({ name, modules }) =>
    Object.entries(modules).map(([part, { configuration }]) => [`${name}_${part}`, configuration]),
  );
  return Object.fromEntries(all);
}

interface StateFile {
  readonly resources: readonly {
    readonly module: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly index_key?: string | number; readonly attributes: Values }[];
  }[];
}

/** The state of what was applied, once for every module that begins with it. */
function copied(state: StateFile, stacks: readonly Renamed[]): StateFile {
  const resources = stacks.flatMap(({ name, modules }) => {
    const own = state.resources.filter(({ module }) => module === `module.${name}_replan`);
    return Object.entries(modules).flatMap(([part, { applied, addresses }]) => {
      const kept = own.filter(({ type, name: each }) => applied && addresses?.has(`${type}.${each}`) !== false);
      return kept.map((resource) => ({ ...resource, module: `module.${name}_${part}` }));
    });
  });
  return { ...state, resources };
}

function valuesIn({ resources }: StateFile, name: string): { [address: string]: Values } {
  const own = resources.filter(({ module }) => module === `module.${name}`);
  return Object.fromEntries(
    own.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes ?? {}]),
  );
}
