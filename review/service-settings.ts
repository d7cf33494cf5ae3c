import {
  blocks,
  type Change,
  isLeftOut,
  isValues,
  known,
  type Resource,
  SERVICE_TYPES,
  shown,
  type Value,
  type Values,
  within,
} from '../exposure';

/** The settings of a service that the rules compare, the same for every resource type. */
export interface ServiceSettings {
  /** The account that its instances run as; the default account of Compute Engine if left out. */
  readonly serviceAccount: Value;
  readonly containers: readonly Values[];
  readonly binaryAuthorization: BinaryAuthorization;
  readonly vpcEgress: VpcEgress;
}

/** Which images Binary Authorization lets run. */
export interface BinaryAuthorization {
  /** `default` for the project's policy, or a policy's name; undefined where no image is checked. */
  readonly policy: Value;
  /** The reason to bypass the policy, if it is bypassed. */
  readonly breakglass: Value;
}

/** Which requests of a service go through a VPC network. */
export interface VpcEgress {
  /** A connector, a network or a subnetwork; undefined if no request does. */
  readonly through: string | undefined;
  readonly egress: Value;
}

/** A service that stays, with its settings before and after. */
export interface ServiceChange {
  readonly address: string;
  readonly name: string;
  readonly before: ServiceSettings;
  readonly after: ServiceSettings;
}

/** The services that a plan changes or replaces. */
export function serviceChanges(changes: readonly Change[]): readonly ServiceChange[] {
  return changes.flatMap(({ address, type, before, after }) => {
    if (!SERVICE_TYPES.some((service) => service === type) || !before || !after) return [];
    const name = known(after.values.name) ?? address;
    return [{ address, name, before: serviceSettings(before), after: serviceSettings(after) }];
  });
}

/** Reads the settings that the rules compare. */
export function serviceSettings({ type, values }: Resource): ServiceSettings {
  if (type === 'google_cloud_run_v2_service') return readV2(values);
  return type === 'google_cloud_run_service' ? readV1(values) : readFunction(values);
}

function readV2({ template, binary_authorization }: Values): ServiceSettings {
  const authorization = (name: string) => within(binary_authorization, name);
  const vpc = (name: string) => within(within(template, 'vpc_access'), name);
  const network = (name: string) => within(vpc('network_interfaces'), name);
  return {
    serviceAccount: within(template, 'service_account'),
    containers: blocks(within(template, 'containers')),
    binaryAuthorization: {
      policy: authorization('use_default') === true ? 'default' : authorization('policy'),
      breakglass: authorization('breakglass_justification'),
    },
    vpcEgress: { through: named(vpc('connector'), network('network'), network('subnetwork')), egress: vpc('egress') },
  };
}

function readV1({ metadata, template }: Values): ServiceSettings {
  const spec = within(template, 'spec');
  const service = annotations(metadata);
  const revision = annotations(within(template, 'metadata'));
  return {
    serviceAccount: within(spec, 'service_account_name'),
    containers: blocks(within(spec, 'containers')),
    binaryAuthorization: {
      policy: service('binary-authorization'),
      breakglass: service('binary-authorization-breakglass'),
    },
    vpcEgress: {
      through: named(revision('vpc-access-connector'), revision('network-interfaces')),
      egress: revision('vpc-access-egress'),
    },
  };
}

function readFunction({ service_config }: Values): ServiceSettings {
  const config = (name: string) => within(service_config, name);
  return {
    serviceAccount: config('service_account_email'),
    containers: [],
    binaryAuthorization: { policy: config('binary_authorization_policy'), breakglass: undefined },
    vpcEgress: { through: named(config('vpc_connector')), egress: config('vpc_connector_egress_settings') },
  };
}

/** The annotations of Cloud Run in a `metadata` block. */
function annotations(metadata: Value): (name: string) => Value {
  const all = within(metadata, 'annotations');
  return (name) => (isValues(all) ? all[`run.googleapis.com/${name}`] : all);
}

/** The first name that is set; a name that is not known counts as set. */
function named(...values: readonly Value[]): string | undefined {
  for (const value of values) {
    if (isLeftOut(value)) continue;
    return shown(value);
  }
  return undefined;
}
