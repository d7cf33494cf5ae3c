import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type PlanReview, reviewPlan } from '../../review';
import { InputError } from '../../terraform-json/input-error';
import { readTerraformJson } from '../../terraform-json/terraform-json';
import { loadEmulator } from '../emulator';
import type { Progress } from './progress';
import type { Stacks } from './stacks';

/** How the environments of a file are planned. */
export interface Planning {
  /** An empty folder for the copies of the stacks. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** One environment before and after a change; one of the two may not be there. */
export interface Change {
  readonly name: string;
  /** What findings are about: the services.yaml. */
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What is compared, in a sentence. */
  readonly compares: string;
}

/** Pairs the environments of both sides, in the order of the second, and what is gone last. */
export function pairs(
  before: Stacks,
  after: Stacks,
): { name: string; before: string | undefined; after: string | undefined }[] {
  return [...new Set([...after.keys(), ...before.keys()])].map((name) => ({
    name,
    before: before.get(name),
    after: after.get(name),
  }));
}

/** The review of the plan that a deploy of a change would make, if what was before it is what is deployed. */
export async function reviewed(change: Change, planning: Planning): Promise<PlanReview> {
  const { name, file, after, compares } = change;
  if (after === undefined) {
    return withNotes(reviewPlan(name, file, planIn(EMPTY_PLAN)), [
      `The environment ${name} is gone. Nothing is planned for it: what it made stays until it is destroyed.`,
      compares,
    ]);
  }
  const { text, notes } = await refusing(name, () => planned(change, after, planning));
  return withNotes(reviewPlan(name, file, planIn(text)), [...notes, compares]);
}

async function planned({ name, before }: Change, after: string, planning: Planning) {
  const { copyForPlan, deployed, nothingDeployed, plannedOn } = loadEmulator();
  const { folder, progress } = planning;
  mkdirSync(folder, { recursive: true });
  const copy = (stack: string, side: string) => copyForPlan(stack, join(folder, side));
  const notes = before === undefined ? [`The environment ${name} is new.`] : [];
  progress.say(`${name}: what is there before the change`);
  const there =
    before === undefined ? nothingDeployed() : await deployed({ ...planning, folder: copy(before, 'before').folder });
  progress.say(`${name}: what the change does`);
  const { imports, variables, ...to } = copy(after, 'after');
  const text = (await plannedOn({ ...planning, folder: to.folder }, there)).toString();
  return { text, notes };
}

const EMPTY_PLAN = JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes: [] });

function planIn(text: string) {
  const json = readTerraformJson(text);
  if (json.kind !== 'plan') throw new Error(`Terraform showed a ${json.kind} for a plan`);
  return json.plan;
}

/** A plan of an emulated cloud has no drift, which it need not say. */
function withNotes(review: PlanReview, notes: readonly string[]): PlanReview {
  return { ...review, notes };
}

async function refusing<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { Refusal } = loadEmulator();
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new InputError(
      `${name} cannot be planned here\n${error.message}`,
      'plan it with credentials, and use `review`',
    );
  }
}
