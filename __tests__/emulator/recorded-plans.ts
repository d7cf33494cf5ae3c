import { Cloud, type CloudData, deployed } from '../../emulator';
import {
  cloudBefore,
  type RecordedChange,
  type RecordedPlan,
  type RecordedStack,
  type Recording,
  type Values,
} from '../recordings/recordings';
import { Workspace } from './harness';
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
}

/**
 * Does with the emulator what was recorded of some stacks with the real provider, in four runs of Terraform and as `preview` does it. The
 * stacks are created as modules; then one plan holds a module for each change, whose state is a copy of what was applied, and one
 * without a state: a plan asks the cloud and alters nothing, so the modules cannot disturb one another.
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
    writeModules(workspace, Object.assign({}, ...renamed.map(modulesOf)));
    workspace.file('terraform.tfstate', JSON.stringify(copied(state, renamed)));
    const { json } = await workspace.plan();
    return renamed.map(({ name, recording }, number) => {
      const planOf = (module: string): RecordedPlan => ({
        resource_changes: ofModule(`${name}_${module}`, json.resource_changes as RecordedChange[]),
        resource_drift: ofModule(`${name}_${module}`, json.resource_drift as RecordedChange[]),
      });
      const changes = Object.keys(recording.changes).map((change) => [change, planOf(`change_${change}`)]);
      const emulated: Emulated = {
        created: planOf('created'),
        state: valuesIn(state, `${name}_replan`),
        replan: planOf('replan'),
        changes: Object.fromEntries(changes),
      };
      return JSON.parse(asRecorded(JSON.stringify(emulated), number));
    });
  } finally {
    await workspace.close();
  }
}

function inProjectsOf(number: number, stack: RecordedStack): Renamed {
  return {
    name: `stack_${number}`,
    before: JSON.parse(inOwnProjects(JSON.stringify(cloudBefore(stack.example)), number)),
    recording: recordingInOwnProjects(stack, number),
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
function modulesOf({ name, recording }: Renamed): Modules {
  const changes = Object.entries(recording.changes).map(([change, { configuration }]) => [
    `${name}_change_${change}`,
    configuration,
  ]);
  const { configuration } = recording;
  return { [`${name}_created`]: configuration, [`${name}_replan`]: configuration, ...Object.fromEntries(changes) };
}

interface StateFile {
  readonly resources: readonly {
    readonly module: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly index_key?: string | number; readonly attributes: Values }[];
  }[];
}

/** The state of what was applied once for every module that begins with it: all but those that are created. */
function copied(state: StateFile, stacks: readonly Renamed[]): StateFile {
  const resources = stacks.flatMap((stack) => {
    const own = `module.${stack.name}_replan`;
    const text = JSON.stringify(state.resources.filter(({ module }) => module === own));
    const beginsWithIt = Object.keys(modulesOf(stack)).filter((name) => !name.endsWith('_created'));
    return beginsWithIt.flatMap((name) => JSON.parse(text.replaceAll(own, `module.${name}`)));
  });
  return { ...state, resources };
}

function valuesIn({ resources }: StateFile, name: string): { [address: string]: Values } {
  const own = resources.filter(({ module }) => module === `module.${name}`);
  return Object.fromEntries(
    own.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes ?? {}]),
  );
}
