/** The messages of `definition.ts` as proto-loader returns them (field names as in the file, numbers as numbers). */

export interface DynamicValue {
  msgpack?: Uint8Array;
  json?: Uint8Array;
}

export type PathStep = { attribute_name: string } | { element_key_string: string } | { element_key_int: number };

export interface AttributePath {
  steps: PathStep[];
}

export interface Diagnostic {
  severity: 'ERROR' | 'WARNING';
  summary: string;
  detail?: string;
  attribute?: AttributePath;
}

export interface ResourceConfigRequest {
  type_name: string;
  config: DynamicValue;
}

export interface UpgradeRequest {
  type_name: string;
  version: number;
  raw_state: { json: Uint8Array };
}

export interface ReadRequest {
  type_name: string;
  current_state: DynamicValue;
  private: Uint8Array;
}

export interface PlanRequest {
  type_name: string;
  prior_state: DynamicValue;
  proposed_new_state: DynamicValue;
  config: DynamicValue;
}

export interface ApplyRequest {
  type_name: string;
  prior_state: DynamicValue;
  planned_state: DynamicValue;
  config: DynamicValue;
}

export interface ImportRequest {
  type_name: string;
  id: string;
}

export interface ConfigureRequest {
  terraform_version: string;
  config: DynamicValue;
}
