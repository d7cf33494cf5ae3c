import {
  block,
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
} from '../exposure';

/** What the rules compare of a service, whichever resource manages it. */
export interface ServiceSettings {
  /** The account that its instances run as; left out, the default account of Compute Engine. */
  readonly serviceAccount: Value;
  readonly containers: readonly Values[];
  readonly binaryAuthorization: BinaryAuthorization;
  readonly vpcEgress: VpcEgress;
}

/** Which images Binary Authorization lets run. */
export interface BinaryAuthorization {
  /** `default` for the project's policy, or a policy's name; undefined where no image is checked. */
  readonly policy: Value;
  /** Why the policy is passed over, where somebody does. */
  readonly breakglass: Value;
}

/** Which requests of a service go through a VPC network. */
export interface VpcEgress {
  /** A connector, a network or a subnetwork; undefined where no request does. */
  readonly through: string | undefined;
  readonly egress: Value;
}

/** A service that stays, with what the rules compare of it before and after. */
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

/** Reads what the rules compare of a service. */
export function serviceSettings({ type, values }: Resource): ServiceSettings {
  if (type === 'google_cloud_run_v2_service') return readV2(values);
  return type === 'google_cloud_run_service' ? readV1(values) : readFunction(values);
}

function readV2({ template, binary_authorization }: Values): ServiceSettings {
  const { containers, service_account, vpc_access } = block(template);
  const { use_default, policy, breakglass_justification } = block(binary_authorization);
  const { connector, egress, network_interfaces } = block(vpc_access);
  const { network, subnetwork } = block(network_interfaces);
  return {
    serviceAccount: service_account,
    containers: blocks(containers),
    binaryAuthorization: { policy: use_default === true ? 'default' : policy, breakglass: breakglass_justification },
    vpcEgress: { through: named(connector, network, subnetwork), egress },
  };
}

function readV1({ metadata, template }: Values): ServiceSettings {
  const { containers, service_account_name } = block(block(template).spec);
  const service = annotations(metadata);
  const revision = annotations(block(template).metadata);
  return {
    serviceAccount: service_account_name,
    containers: blocks(containers),
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
  const { service_account_email, binary_authorization_policy, vpc_connector, vpc_connector_egress_settings } =
    block(service_config);
  return {
    serviceAccount: service_account_email,
    containers: [],
    binaryAuthorization: { policy: binary_authorization_policy, breakglass: undefined },
    vpcEgress: { through: named(vpc_connector), egress: vpc_connector_egress_settings },
  };
}

/** The annotations of Cloud Run in a `metadata` block. */
function annotations(metadata: Value): (name: string) => Value {
  const all = block(metadata).annotations;
  return (name) => (isValues(all) ? all[`run.googleapis.com/${name}`] : all);
}

/** The first of several names that is set; one that is not known counts as set. */
function named(...values: readonly Value[]): string | undefined {
  for (const value of values) {
    if (isLeftOut(value)) continue;
    return shown(value);
  }
  return undefined;
}
