export { type ComputedExposure, computeExposure, exposureOf } from './exposure';
export { BACKEND_SERVICE_TYPES, type Grant, principalName } from './grant';
export { type Binding, bindingsOf, isUnknownIam, readBindings } from './iam-resource';
export { InputError } from './input-error';
export { exposureJson } from './json';
export { exposureMarkdown } from './markdown';
export { code, escapeMarkdown, markdownTable } from './markdown-table';
export { exposureMermaid } from './mermaid';
export type { Action, Change, Plan, PlanJson } from './plan';
export { readPlan } from './plan';
export type { Authentication, Entry, ExposureReport, Origin, ServiceExposure, StackExposure } from './report';
export { type Inventory, lastSegment, projectOf, type Resource } from './resource';
export { mayInvoke, passesIap } from './role';
export { type Ingress, SERVICE_TYPES, type Service } from './service';
export { exposureTable } from './terminal-table';
export { readTerraformJson, type TerraformJson } from './terraform-json';
export {
  block,
  blocks,
  isLeftOut,
  isTrue,
  isValues,
  KNOWN_AFTER_APPLY,
  known,
  list,
  shown,
  Unknown,
  type Value,
  type Values,
} from './value';
export { isOpenToInternet } from './wideness';
export {
  callersWords,
  callerWords,
  count,
  exposureWords,
  type Identities,
  type Lettering,
  PLAIN,
  printable,
} from './words';
