import type { Cloud } from './cloud';
import type { ObjectValue, Value } from './protocol/values';
import type { ProviderVersion } from './schema';

/**
 * What the schema does not say about a resource: how the provider plans it and what the API does with it. One file per
 * resource under `resources/` fills this in. Paths are Terraform's, dotted, without indexes: `template.containers.env.value`.
 */
export interface Behaviour {
  readonly type: string;
  /** Where the rules below were read: a file of the provider's source at v6.50.0, or a page of the API's documentation. */
  readonly source: string;
  /** Schema versions above 0 cannot be had from the bindings. */
  readonly schemaVersion?: number;
  readonly sensitive?: readonly string[];
  readonly plan: PlanRules;
  readonly check?: CheckRules;
  readonly operations: Operations;
}

export interface PlanRules {
  readonly forceNew: readonly string[];
  /** Optional and computed *blocks*: the schema does not show them, and left out they keep their old value. */
  readonly keptBlocks?: readonly string[];
  readonly defaults?: { readonly [path: string]: Value };
  /** Changes the provider does not see as changes; on creation `prior` is empty. `around` is the configuration beside the value. */
  readonly suppress?: { readonly [path: string]: (prior: Value, wanted: Value, around: ObjectValue) => boolean };
  /** The block that holds `labels`, `terraform_labels` and `effective_labels`: none, the resource itself, or `metadata`. */
  readonly labels?: 'top' | 'metadata';
  /** `SetLabelsDiffWithoutAttributionLabel`: the provider does not say in a label that Terraform made it. */
  readonly attributionLabel?: false;
  /** `provider`: the provider's project is filled in while planning; `later`: it is unknown until apply (IAM resources). */
  readonly project: 'provider' | 'later' | 'none';
  /** The provider's CustomizeDiff: completes or refuses a plan. */
  readonly customize?: (planned: ObjectValue, prior: ObjectValue | null, provider: ProviderSettings) => void;
}

export interface CheckRules {
  readonly values?: { readonly [path: string]: ValueCheck };
  readonly conflicts?: { readonly [path: string]: readonly string[] };
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly atLeastOneOf?: readonly (readonly string[])[];
}

/** The complaint about a value, or nothing. `name` is the argument as the SDK names it: `template.0.timeout`. */
export type ValueCheck = (value: string, name: string) => string | undefined;

export interface ProviderSettings {
  readonly project: string | undefined;
  /** The project comes from another resource and is not there yet. */
  readonly projectIsUnknown: boolean;
  readonly region: string | undefined;
  readonly defaultLabels: { readonly [key: string]: string };
  readonly attributionLabel: boolean;
  readonly deletionPolicy: string | undefined;
}

/** What the API's side of a resource needs to know. */
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
  /** The state that an import id stands for: what is needed to read the rest. */
  identify(id: string, call: Call): ObjectValue;
}
