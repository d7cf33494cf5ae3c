import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedRunOptions, runCaptured } from './captured-run';
import { Cloud } from './cloud';
import { Emulator } from './emulator';
import { Refusal } from './errors';
import { type ShownValues, type StateFile, stateFile } from './state-file';

/** What is there before a change: the objects in the cloud, and Terraform's state of them. */
export interface Deployed {
  readonly cloud: Cloud;
  readonly state: StateFile;
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
export async function deployed(options: CapturedRunOptions, cloud = new Cloud()): Promise<Deployed> {
  const plan = await plannedWith(options, cloud, true);
  const unknown = plan.resource_changes?.find(({ change }) => hasTrue(change.after_unknown));
  if (unknown) throw new Refusal(`${unknown.address} has a value that is known only after an apply`);
  return { cloud, state: stateFile(plan.planned_values, { alias: aliasesIn(plan.configuration?.root_module) }) };
}

/** `terraform show -json` of the plan of a stack, on what is there. */
export async function plannedOn(options: CapturedRunOptions, { cloud, state }: Deployed): Promise<Buffer> {
  writeFileSync(join(options.folder, 'terraform.tfstate'), JSON.stringify(state));
  return planned(options, cloud, false);
}

async function plannedWith(options: CapturedRunOptions, cloud: Cloud, creating: boolean): Promise<ShownPlan> {
  return JSON.parse((await planned(options, cloud, creating)).toString());
}

async function planned(options: CapturedRunOptions, cloud: Cloud, createWhilePlanning: boolean): Promise<Buffer> {
  const emulator = await Emulator.start({ cloud, folders: () => [options.folder], createWhilePlanning });
  try {
    await runCaptured(emulator, ['plan', '-no-color', '-input=false', '-lock=false', '-out=planfile'], options);
    return await runCaptured(emulator, ['show', '-json', 'planfile'], options);
  } finally {
    await emulator.close();
  }
}

function hasTrue(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Object.values(value).some(hasTrue));
}

/** The aliases of providers, by the address of the resource that names one. */
function aliasesIn(module: ConfiguredModule | undefined): (address: string) => string | undefined {
  const keys = new Map(module?.resources?.map(({ address, provider_config_key }) => [address, provider_config_key]));
  return (address) => keys.get(address)?.split('.')[1];
}
