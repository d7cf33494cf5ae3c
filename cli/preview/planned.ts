import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ShownValues } from '../../emulator';
import { type PlanReview, reviewPlan } from '../../review';
import { InputError } from '../../terraform-json/input-error';
import { readTerraformJson } from '../../terraform-json/terraform-json';
import { loadEmulator } from '../emulator';
import type { Progress } from './progress';
import type { Stacks } from './stacks';

/** What the plans of all environments need. */
export interface Planning {
  /** An empty folder for the copies of the stacks. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** One environment before and after a change. One of the two may be missing. */
export interface Change {
  readonly name: string;
  /** The file that findings name: the services.yaml, or cdktf.json. */
  readonly file: string;
  /** The folder of the stack before the change. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The state to compare with, instead of the stack before the change. */
  readonly state?: ShownValues;
  /** Sentences about what is compared and what is not. */
  readonly notes: readonly string[];
}

/** Pairs the environments of both sides, in the order of the second side; removed environments are last. */
export function pairs(before: Stacks, after: Stacks): Pick<Change, 'name' | 'before' | 'after'>[] {
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return names.map((name) => ({ name, before: before.get(name), after: after.get(name) }));
}

/** Reviews the plan of the change, as if what was there before the change were deployed. */
export async function reviewed(change: Change, planning: Planning): Promise<PlanReview> {
  const { name, file, after, notes } = change;
  if (after === undefined) {
    const gone = `The environment ${name} is gone. Nothing is planned for it: its resources stay until they are destroyed.`;
    return { ...reviewPlan(name, file, planIn(EMPTY_PLAN)), notes: [gone, ...notes] };
  }
  const { text, more } = await planned(change, after, planning);
  return { ...reviewPlan(name, file, planIn(text)), notes: [...more, ...notes] };
}

async function planned(change: Change, after: string, planning: Planning) {
  const { copyForPlan, plannedOn, Refusal } = loadEmulator();
  const { name } = change;
  mkdirSync(planning.folder, { recursive: true });
  try {
    const { there, notes } = await before(change, planning);
    planning.progress.say(`${name}: what the change does`);
    const to = copyForPlan(after, join(planning.folder, 'after'));
    const text = (await plannedOn({ ...planning, ...to }, there)).toString();
    const known = new Set(there.state.resources.map(({ type, name }) => `${type}.${name}`));
    const imports = to.imports.filter((address) => !known.has(address));
    return { text, more: [...notes, ...importsWords(imports), ...variablesWords(to.variables)] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const quoted = error.message.replace(/^/gm, '| ');
    throw new InputError(`${quoted}\n${name} cannot be planned here`, 'plan it with credentials, and use `review`');
  }
}

async function before({ name, before, state }: Change, planning: Planning) {
  const { copyForPlan, deployed, deployedByState, nothingDeployed } = loadEmulator();
  if (state !== undefined) {
    const there = deployedByState(state);
    return { there, notes: leftOutWords(there.leftOut) };
  }
  if (before === undefined) return { there: nothingDeployed(), notes: [`The environment ${name} is new.`] };
  planning.progress.say(`${name}: what is there before the change`);
  const from = copyForPlan(before, join(planning.folder, 'before'));
  return { there: await deployed({ ...planning, ...from }), notes: [] };
}

function leftOutWords(addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  return [`In the state, but not known here, so not reviewed: ${addresses.join(', ')}.`];
}

function importsWords(addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  return [`Planned as new, because imported resources are not known here: ${addresses.join(', ')}.`];
}

function variablesWords(names: readonly string[]): string[] {
  return names.length === 0
    ? []
    : [`Variables with a placeholder, because their value is not known here: ${names.join(', ')}.`];
}

const EMPTY_PLAN = JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes: [] });

function planIn(text: string) {
  const json = readTerraformJson(text);
  if (json.kind !== 'plan') throw new Error(`Terraform showed a ${json.kind} for a plan`);
  return json.plan;
}
