export { InputError, tooLong } from '../terraform-json/input-error';
export type { Change, Plan, PlanJson } from '../terraform-json/plan';
export { readPlan } from '../terraform-json/plan';
export { type Inventory, lastSegment, type Resource } from '../terraform-json/resource';
export { readTerraformJson, type TerraformJson } from '../terraform-json/terraform-json';
export {
  block,
  blocks,
  isLeftOut,
  isNotSet,
  isTrue,
  isValues,
  KNOWN_AFTER_APPLY,
  known,
  list,
  SENSITIVE,
  shown,
  Unknown,
  type Value,
  type Values,
  within,
} from '../terraform-json/value';
export { type ComputedExposure, computeExposure, exposureOf } from './exposure';
export { BACKEND_SERVICE_TYPES, type Grant } from './grant';
export { type Binding, bindingsOf, isUnknownIam, readBindings } from './iam-resource';
export { isGooglesOwn, isIapAgent } from './identity';
export { accountEmail, principalName, splitCondition } from './principal';
export { exposureJson } from './render/json';
export { exposureLock } from './render/lock';
export { exposureMarkdown } from './render/markdown';
export { code, escapeMarkdown, markdownRow, markdownTable } from './render/markdown-table';
export { exposureMermaid } from './render/mermaid';
export { exposureTable } from './render/terminal-table';
export type { Entry, ExposureReport, ServiceExposure, StackExposure } from './report';
export { mayInvoke, passesIap, permissionsOf } from './role';
export { type Ingress, SERVICE_TYPES, type Service } from './service';
export { isOpenToInternet } from './widest-entry';
export {
  callersWords,
  callerWords,
  count,
  exposureWords,
  type Formatting,
  type Identities,
  PLAIN,
  printable,
} from './words';
