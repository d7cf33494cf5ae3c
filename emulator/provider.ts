import type { Behaviour, Call, ProviderSettings } from './behaviour';
import type { Cloud } from './cloud';
import { conform } from './conform';
import { dataSource } from './data-sources';
import { settleEmpties } from './empties';
import { diagnosticOf, FailedCreation, Refusal } from './errors';
import { planResource } from './planning';
import type {
  ApplyRequest,
  ConfigureRequest,
  Diagnostic,
  ImportRequest,
  PlanRequest,
  ReadRequest,
  ResourceConfigRequest,
  UpgradeRequest,
} from './protocol/messages';
import { hasUnknown, isObject, type ObjectValue, readObject, UNKNOWN, writeValue } from './protocol/values';
import { replacements } from './replacement';
import { findBehaviour } from './resources';
import { type Block, blockOf, type ProviderVersion } from './schema';
import { validate } from './validation';

/** One instance of the provider: a connection with its own configuration. */
export class Provider {
  private settings: ProviderSettings = NOT_CONFIGURED;

  constructor(
    private readonly cloud: Cloud,
    readonly version: ProviderVersion,
    private readonly createWhilePlanning = false,
  ) {}

  prepareProviderConfig({ config }: ConfigureRequest): object {
    return { prepared_config: config };
  }

  configure({ config }: ConfigureRequest): object {
    this.settings = settingsFrom(readObject(config) ?? {});
    return {};
  }

  validateResource({ type_name, config }: ResourceConfigRequest): object {
    const behaviour = findBehaviour(type_name);
    if (behaviour === undefined) return { diagnostics: [withoutBehaviour(type_name)] };
    return { diagnostics: behaviour.check ? validate(behaviour.check, readObject(config) ?? {}) : [] };
  }

  validateDataSource({ type_name }: ResourceConfigRequest): object {
    return { diagnostics: dataSource(type_name) ? [] : [withoutBehaviour(type_name)] };
  }

  /** A state may be from another version of the provider. Arguments that this version does not have are removed. */
  upgrade({ type_name, raw_state }: UpgradeRequest): object {
    const { block } = this.resource(type_name);
    return { upgraded_state: writeValue(conform(block, readObject(raw_state) ?? {})) };
  }

  read({ type_name, current_state, private: data }: ReadRequest): object {
    const { behaviour, block } = this.resource(type_name);
    const state = readObject(current_state);
    const found = state && behaviour.operations.read(state, this.call());
    const read = found && settleEmpties(block, conform(block, found), state, false);
    return { new_state: writeValue(read), private: data };
  }

  plan({ type_name, prior_state, proposed_new_state, config }: PlanRequest): object {
    const { behaviour, block } = this.resource(type_name);
    const prior = readObject(prior_state);
    const wanted = readObject(proposed_new_state);
    if (wanted === null) return { planned_state: proposed_new_state, legacy_type_system: true };
    const planned = planResource(block, behaviour.plan, prior, wanted, this.settings);
    if (this.createWhilePlanning && prior === null && !hasUnknown(readObject(config))) {
      const created = settledApply(block, behaviour, null, planned, this.call());
      return { planned_state: writeValue(created), legacy_type_system: true };
    }
    return {
      planned_state: writeValue(planned),
      requires_replace: prior === null ? [] : replacements(block, behaviour.plan, prior, planned),
      legacy_type_system: true,
    };
  }

  apply({ type_name, prior_state, planned_state }: ApplyRequest): object {
    const { behaviour, block } = this.resource(type_name);
    try {
      const state = settledApply(block, behaviour, readObject(prior_state), readObject(planned_state), this.call());
      return { new_state: writeValue(state), legacy_type_system: true };
    } catch (error) {
      const kept = error instanceof FailedCreation ? writeValue(conform(block, error.state)) : prior_state;
      return { new_state: kept, diagnostics: [diagnosticOf(error)], legacy_type_system: true };
    }
  }

  import({ type_name, id }: ImportRequest): object {
    const { behaviour, block } = this.resource(type_name);
    const state = behaviour.operations.identify(id, this.call());
    return { imported_resources: [{ type_name, state: writeValue(conform(block, { id, ...state })) }] };
  }

  readDataSource({ type_name, config }: ResourceConfigRequest): object {
    const read = dataSource(type_name);
    const block = blockOf(this.version, 'data', type_name);
    if (read === undefined || block === undefined) return { diagnostics: [withoutBehaviour(type_name)] };
    return { state: writeValue(conform(block, read(readObject(config) ?? {}, this.call()))) };
  }

  private call(): Call {
    return { cloud: this.cloud, version: this.version, provider: this.settings };
  }

  private resource(type: string): { behaviour: Behaviour; block: Block } {
    const behaviour = findBehaviour(type);
    const block = blockOf(this.version, 'resource', type);
    if (behaviour === undefined || block === undefined) throw new Refusal(withoutBehaviour(type).summary);
    return { behaviour, block };
  }
}

const NOT_CONFIGURED: ProviderSettings = {
  project: undefined,
  projectIsUnknown: false,
  region: undefined,
  defaultLabels: {},
  attributionLabel: true,
  deletionPolicy: undefined,
};

function settingsFrom(config: ObjectValue): ProviderSettings {
  const { project, region, default_labels: labels, add_terraform_attribution_label: attribution } = config;
  const { deletion_policy: deletion } = config;
  return {
    project: typeof project === 'string' && project !== '' ? project : undefined,
    projectIsUnknown: project === UNKNOWN,
    region: typeof region === 'string' && region !== '' ? region : undefined,
    defaultLabels: isObject(labels) ? Object.fromEntries(Object.entries(labels).map(([k, v]) => [k, String(v)])) : {},
    attributionLabel: attribution !== false,
    deletionPolicy: typeof deletion === 'string' ? deletion : undefined,
  };
}

/** The state after an apply. */
function settledApply(
  block: Block,
  behaviour: Behaviour,
  prior: ObjectValue | null,
  planned: ObjectValue | null,
  call: Call,
): ObjectValue | null {
  const state = applied(behaviour, prior, planned, call);
  return state && planned && settleEmpties(block, conform(block, state), planned, true);
}

function applied(behaviour: Behaviour, prior: ObjectValue | null, planned: ObjectValue | null, call: Call) {
  const { operations } = behaviour;
  if (planned === null) {
    if (prior !== null) operations.delete(prior, call);
    return null;
  }
  const state = prior === null ? operations.create(planned, call) : operations.update(prior, planned, call);
  return { ...state, timeouts: planned.timeouts };
}

function withoutBehaviour(type: string): Diagnostic {
  const file = `emulator/resources/${type.replace(/^google_/, '').replaceAll('_', '-')}.ts`;
  return { severity: 'ERROR', summary: `${type} has no behaviour in the emulator; add ${file}` };
}
