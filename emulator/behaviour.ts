import type { Cloud } from './cloud';
import type { ObjectValue, Value } from './protocol/values';
import type { ProviderVersion } from './schema';

/**
 * The behaviour of a resource that is not in its schema: how the provider plans it, and what the API does. Each file under `resources/`
 * has one or more. Paths are Terraform's, with dots and without indexes: `template.containers.env.value`.
 */
export interface Behaviour {
  readonly type: string;
  /** The source of the rules below: a file of the provider's source at v6.50.0, or a page of the API's documentation. */
  readonly source: string;
  /** The bindings do not contain schema versions above 0. */
  readonly schemaVersion?: number;
  readonly sensitive?: readonly string[];
  readonly plan: PlanRules;
  readonly check?: CheckRules;
  readonly operations: Operations;
}

export interface PlanRules {
  readonly forceNew: readonly string[];
  /** Optional and computed blocks. The schema does not show them. If the configuration leaves one out, it keeps its old value. */
  readonly keptBlocks?: readonly string[];
  readonly defaults?: { readonly [path: string]: Value };
  /** Changes that the provider ignores. On creation `prior` is empty. `around` is the configuration of the enclosing block. */
  readonly suppress?: { readonly [path: string]: (prior: Value, wanted: Value, around: ObjectValue) => boolean };
  /** The block with `labels`, `terraform_labels` and `effective_labels`: none, the resource itself, or `metadata`. */
  readonly labels?: 'top' | 'metadata';
  /** `SetLabelsDiffWithoutAttributionLabel`: the provider does not add its label to the resource. */
  readonly attributionLabel?: false;
  /** `provider`: the plan contains the provider's project; `later`: the project is unknown until apply (IAM resources). */
  readonly project: 'provider' | 'later' | 'none';
  /** The provider's CustomizeDiff: changes or refuses a plan. */
  readonly customize?: (planned: ObjectValue, prior: ObjectValue | null, provider: ProviderSettings) => void;
}

export interface CheckRules {
  readonly values?: { readonly [path: string]: ValueCheck };
  readonly conflicts?: { readonly [path: string]: readonly string[] };
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly atLeastOneOf?: readonly (readonly string[])[];
}

/** Returns the error for a value, or nothing. `name` is the argument as the SDK names it: `template.0.timeout`. */
export type ValueCheck = (value: string, name: string) => string | undefined;

export interface ProviderSettings {
  readonly project: string | undefined;
  /** The project comes from another resource and is not known yet. */
  readonly projectIsUnknown: boolean;
  readonly region: string | undefined;
  readonly defaultLabels: { readonly [key: string]: string };
  readonly attributionLabel: boolean;
  readonly deletionPolicy: string | undefined;
}

/** The arguments of an API call, apart from the resource. */
export interface Call {
  readonly cloud: Cloud;
  readonly version: ProviderVersion;
  readonly provider: ProviderSettings;
}

export interface Operations {
  create(planned: ObjectValue, call: Call): ObjectValue;
  read(state: ObjectValue, call: Call): ObjectValue | null;
  update(prior: ObjectValue, planned: ObjectValue, call: Call): ObjectValue;
  delete(prior: ObjectValue, call: Call): void;
  /** The part of the state that an import id contains. It is enough to read the rest. */
  identify(id: string, call: Call): ObjectValue;
}
