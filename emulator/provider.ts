import type { Behaviour, Call, ProviderSettings } from './behaviour';
import type { Cloud } from './cloud';
import { conform } from './conform';
import { dataSource } from './data-sources';
import { settleEmpties } from './empties';
import { diagnosticOf, FailedCreation, Refusal } from './errors';
import { planResource } from './planning';
import type { AttributePath, Diagnostic } from './protocol/messages';
import { hasUnknown, isObject, type ObjectValue, UNKNOWN } from './protocol/values';
import { replacements } from './replacement';
import { findBehaviour } from './resources';
import { type Block, blockOf, type ProviderVersion } from './schema';
import { validate } from './validation';

/** What is asked of a plan. */
export interface PlanInput {
  /** The state; null on creation. */
  readonly prior: ObjectValue | null;
  /** What Terraform proposes as the new state; null on deletion. */
  readonly proposed: ObjectValue | null;
  readonly config: ObjectValue | null;
}

/** A planned state, and the arguments whose change replaces the resource. */
export interface PlanOutput {
  readonly planned: ObjectValue | null;
  readonly replaces: AttributePath[];
}

/** The state after an apply, and its error if it failed. */
export interface Applied {
  readonly state: ObjectValue | null;
  readonly diagnostics: Diagnostic[];
}

/** One instance of the provider, with its own configuration. It works on values: `handlers.ts` has their form on the wire. */
export class Provider {
  private settings: ProviderSettings = NOT_CONFIGURED;

  constructor(
    private readonly cloud: Cloud,
    readonly version: ProviderVersion,
    private readonly createWhilePlanning = false,
  ) {}

  configure(config: ObjectValue): void {
    this.settings = settingsFrom(config);
  }

  validateResource(type: string, config: ObjectValue): Diagnostic[] {
    const behaviour = findBehaviour(type);
    if (behaviour === undefined) return [withoutBehaviour(type)];
    return behaviour.check ? validate(behaviour.check, config) : [];
  }

  validateDataSource(type: string): Diagnostic[] {
    return dataSource(type) ? [] : [withoutBehaviour(type)];
  }

  /** A state may be from another version of the provider. Arguments that this version does not have are removed. */
  upgrade(type: string, state: ObjectValue): ObjectValue {
    return conform(this.resource(type).block, state);
  }

  /** The resource as it is in the cloud now; null if it is gone. */
  read(type: string, state: ObjectValue | null): ObjectValue | null {
    const { behaviour, block } = this.resource(type);
    const found = state && behaviour.operations.read(state, this.call());
    return found && settleEmpties(block, conform(block, found), state, false);
  }

  plan(type: string, input: PlanInput): PlanOutput {
    const { prior, proposed } = input;
    const { behaviour, block } = this.resource(type);
    if (proposed === null) return { planned: null, replaces: [] };
    const planned = planResource(block, behaviour.plan, prior, proposed, this.settings);
    if (this.createWhilePlanning && prior === null && !hasUnknown(input.config)) {
      return { planned: settledApply(block, behaviour, null, planned, this.call()), replaces: [] };
    }
    return { planned, replaces: prior === null ? [] : replacements(block, behaviour.plan, prior, planned) };
  }

  apply(type: string, prior: ObjectValue | null, planned: ObjectValue | null): Applied {
    const { behaviour, block } = this.resource(type);
    try {
      return { state: settledApply(block, behaviour, prior, planned, this.call()), diagnostics: [] };
    } catch (error) {
      const state = error instanceof FailedCreation ? conform(block, error.state) : prior;
      return { state, diagnostics: [diagnosticOf(error)] };
    }
  }

  /** The state of a resource that is imported by its id. */
  import(type: string, id: string): ObjectValue {
    const { behaviour, block } = this.resource(type);
    return conform(block, { id, ...behaviour.operations.identify(id, this.call()) });
  }

  readDataSource(type: string, config: ObjectValue): ObjectValue {
    const read = dataSource(type);
    const block = blockOf(this.version, 'data', type);
    if (read === undefined || block === undefined) throw new Refusal(withoutBehaviour(type).summary);
    return conform(block, read(config, this.call()));
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
