export { exposureOf } from './exposure';
export { InputError } from './input-error';
export { exposureJson } from './json';
export { exposureMarkdown } from './markdown';
export { exposureMermaid, mermaid } from './mermaid';
export type { Authentication, Entry, ExposureReport, Origin, ServiceExposure, StackExposure } from './report';
export { exposureTable } from './terminal-table';
export { readTerraformJson, type TerraformJson } from './terraform-json';
