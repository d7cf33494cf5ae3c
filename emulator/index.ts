/** A google provider for Terraform that runs in memory, with a small emulated cloud. */
export { Cloud, type CloudData } from './cloud';
export { foldersOf } from './configuration';
export { Emulator, type EmulatorOptions } from './emulator';
export { Refusal } from './errors';
export { copyWithLocalBackend } from './local-backend';
export { type Deployed, deployed, deployedByState, nothingDeployed, plannedOn } from './plan-change';
export { copyForPlan } from './plan-copy';
export { planOffline } from './plan-offline';
export type { ObjectValue } from './protocol/values';
export { resourceTypes } from './resources';
export { runAttached } from './run';
export type { ShownValues } from './state-file';
