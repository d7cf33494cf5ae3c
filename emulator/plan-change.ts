import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedRunOptions, runCaptured } from './captured-run';
import { Cloud, type CloudData } from './cloud';
import { Emulator } from './emulator';
import { Refusal } from './errors';
import { findBehaviour } from './resources';
import { resourcesIn, type ShownValues, type StateFile, stateFile } from './state-file';

/** What is there before a change: the objects in the cloud, and Terraform's state of them. */
export interface Deployed {
  readonly cloud: Cloud;
  readonly state: StateFile;
  /** Whether a plan reads the cloud; it does unless said otherwise. */
  readonly refresh?: false;
}

/** A stack to plan, as `copyForPlan` leaves it. */
export interface PlanOptions extends CapturedRunOptions {
  /** Whether it has modules or other providers. */
  readonly needsInit?: boolean;
}

/** An empty cloud. */
export function nothingDeployed(): Deployed {
  return { cloud: new Cloud(), state: stateFile({}) };
}

/** The parts of `terraform show -json` of a plan that are read here. */
interface ShownPlan {
  readonly planned_values: ShownValues;
  readonly resource_changes?: readonly { readonly address: string; readonly change: { after_unknown: unknown } }[];
  readonly configuration?: { readonly root_module?: ConfiguredModule };
}

interface ConfiguredModule {
  readonly resources?: readonly { readonly address: string; readonly provider_config_key: string }[];
}

/**
 * What an apply of a stack to a cloud would leave. Terraform plans it, and the provider creates each object while it is planned: what
 * refers to another object then has its values, and the plan says all that the state would. An apply takes its time with the square of
 * the number of resources, since Terraform writes the whole state after each.
 */
export async function deployed(options: PlanOptions, cloud = new Cloud()): Promise<Deployed> {
  const plan = await plannedWith(options, cloud, true);
  const unknown = plan.resource_changes?.find(({ change }) => hasTrue(change.after_unknown));
  if (unknown) throw new Refusal(`${unknown.address} has a value that is known only after an apply`);
  return { cloud, state: stateFile(plan.planned_values, { alias: aliasesIn(plan.configuration?.root_module) }) };
}

/**
 * What is deployed by a real state. What the emulator does not know is left out, and named. The cloud has the numbers of the projects
 * and nothing else: the state is not compared with it.
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

/** `terraform show -json` of the plan of a stack, on what is there. */
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

/** Nothing is downloaded: modules are in the stack's folder, and there is one provider. */
function offline(options: PlanOptions): PlanOptions {
  const nowhere = 'http://127.0.0.1:9';
  const environment = { ...options.environment, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, GIT_ALLOW_PROTOCOL: 'none' };
  return { ...options, environment };
}

function hasTrue(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Object.values(value).some(hasTrue));
}

/** The aliases of providers, by the address of the resource that names one. */
function aliasesIn(module: ConfiguredModule | undefined): (address: string) => string | undefined {
  const keys = new Map(module?.resources?.map(({ address, provider_config_key }) => [address, provider_config_key]));
  return (address) => keys.get(address)?.split('.')[1];
}
