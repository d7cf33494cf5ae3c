/** A google provider for Terraform that lives in memory, and the small cloud behind it. */
export type { Environment } from './attach';
export { Cloud, type CloudData, type OrganizationPolicies, type Policy } from './cloud';
export { foldersOf, typesIn } from './configured-types';
export { Emulator, type EmulatorOptions } from './emulator';
export { Refusal } from './errors';
export { copyWithLocalBackend, type StackCopy } from './local-backend';
export { type PlanOfflineOptions, planOffline } from './plan-offline';
export type { ObjectValue, Value } from './protocol/values';
export { resourceTypes } from './resources';
export { type RunOptions, runAttached } from './run';
