import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedRunOptions, runCaptured } from './captured-run';
import { Cloud, type CloudData } from './cloud';
import { Emulator } from './emulator';
import { Refusal } from './errors';
import { findBehaviour } from './resources';
import { resourcesIn, type ShownValues, type StateFile, stateFile } from './state-file';

/** The situation before a change: the objects in the cloud, and their Terraform state. */
export interface Deployed {
  readonly cloud: Cloud;
  readonly state: StateFile;
  /** Whether a plan reads the cloud. Default: true. */
  readonly refresh?: false;
}

/** A stack to plan, from `copyForPlan`. */
export interface PlanOptions extends CapturedRunOptions {
  /** Whether the stack has modules or other providers. */
  readonly needsInit?: boolean;
}

/** An empty cloud. */
export function nothingDeployed(): Deployed {
  return { cloud: new Cloud(), state: stateFile({}) };
}

/** The part of `terraform show -json` of a plan that is used here. */
interface ShownPlan {
  readonly planned_values: ShownValues;
  readonly resource_changes?: readonly { readonly address: string; readonly change: { after_unknown: unknown } }[];
  readonly configuration?: { readonly root_module?: ConfiguredModule };
}

interface ConfiguredModule {
  readonly resources?: readonly { readonly address: string; readonly provider_config_key: string }[];
}

/**
 * The result of applying a stack to a cloud. Terraform only plans, and the provider creates each object during the plan. So references
 * have their values, and the plan has everything that the state would have. A real apply takes time with the square of the number of
 * resources: Terraform writes the whole state after each.
 */
export async function deployed(options: PlanOptions, cloud = new Cloud()): Promise<Deployed> {
  const plan = await plannedWith(options, cloud, true);
  const unknown = plan.resource_changes?.find(({ change }) => hasTrue(change.after_unknown));
  if (unknown) throw new Refusal(`${unknown.address} has a value that is known only after an apply`);
  return { cloud, state: stateFile(plan.planned_values, { alias: aliasesIn(plan.configuration?.root_module) }) };
}

/**
 * The cloud and state for a real state. Resources that the emulator does not know are left out and listed. The cloud has only the
 * project numbers: the state is not compared with it.
 */
export function deployedByState(shown: ShownValues): Deployed & { readonly leftOut: readonly string[] } {
  const projects: CloudData['projects'] = {};
  const leftOut: string[] = [];
  for (const { resource } of resourcesIn(shown.root_module)) {
    const { mode, type, address, values } = resource;
    if (mode === 'managed' && !isEmulated(resource)) leftOut.push(address);
    if (type === 'google_project') projects[String(values?.project_id)] = { number: String(values?.number) };
  }
  return { cloud: new Cloud({ projects }), state: stateFile(shown, { keep: isEmulated }), refresh: false, leftOut };
}

function isEmulated({ provider_name, type }: { readonly provider_name: string; readonly type: string }): boolean {
  return provider_name.endsWith('/google') && findBehaviour(type) !== undefined;
}

/** `terraform show -json` of the plan of a stack, based on what is deployed. */
export async function plannedOn(options: PlanOptions, { cloud, state, refresh }: Deployed): Promise<Buffer> {
  writeFileSync(join(options.folder, 'terraform.tfstate'), JSON.stringify(state));
  return planned(options, cloud, false, refresh === false ? ['-refresh=false'] : []);
}

async function plannedWith(options: PlanOptions, cloud: Cloud, creating: boolean): Promise<ShownPlan> {
  return JSON.parse((await planned(options, cloud, creating)).toString());
}

async function planned(
  options: PlanOptions,
  cloud: Cloud,
  createWhilePlanning: boolean,
  args: readonly string[] = [],
): Promise<Buffer> {
  const emulator = await Emulator.start({ cloud, folders: () => [options.folder], createWhilePlanning });
  try {
    if (options.needsInit) await runCaptured(emulator, ['init', '-no-color', '-input=false'], offline(options));
    await runCaptured(
      emulator,
      ['plan', '-no-color', '-input=false', '-lock=false', '-out=planfile', ...args],
      options,
    );
    return await runCaptured(emulator, ['show', '-json', 'planfile'], options);
  } finally {
    await emulator.close();
  }
}

/** Prevents downloads: modules are in the stack's folder, and there is only one provider. */
function offline(options: PlanOptions): PlanOptions {
  const nowhere = 'http://127.0.0.1:9';
  const environment = { ...options.environment, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, GIT_ALLOW_PROTOCOL: 'none' };
  return { ...options, environment };
}

function hasTrue(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Object.values(value).some(hasTrue));
}

/** The alias of a resource's provider, by the resource's address. */
function aliasesIn(module: ConfiguredModule | undefined): (address: string) => string | undefined {
  const keys = new Map(module?.resources?.map(({ address, provider_config_key }) => [address, provider_config_key]));
  return (address) => keys.get(address)?.split('.')[1];
}
