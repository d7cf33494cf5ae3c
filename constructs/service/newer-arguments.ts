import { CloudRunV2Service, type CloudRunV2ServiceConfig } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { Construct, IConstruct } from 'constructs';

/** The arguments of a service that the bindings lack, with Terraform's names. The bindings were made from provider version 6.50.0. */
export interface NewerArguments {
  readonly default_uri_disabled?: boolean;
  readonly iap_enabled?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly scaling?: { readonly max_instance_count?: number };
  readonly template?: {
    readonly health_check_disabled?: boolean;
    /** In the same order as the bindings' containers. */
    readonly containers?: readonly NewerContainerArguments[];
    /** In the same order as the bindings' volumes. */
    readonly volumes?: readonly { readonly gcs?: { readonly mount_options?: readonly string[] } }[];
  };
}

/** The arguments of one container that the bindings lack. */
export interface NewerContainerArguments {
  readonly readiness_probe?: NewerReadinessProbe;
  /** In the same order as the bindings' mounts. */
  readonly volume_mounts?: readonly { readonly sub_path?: string }[];
}

export interface NewerReadinessProbe {
  readonly period_seconds: number;
  readonly timeout_seconds: number;
  readonly success_threshold: number;
  readonly failure_threshold: number;
  readonly http_get?: { readonly path: string; readonly port?: number };
  readonly grpc?: { readonly port?: number; readonly service?: string };
}

/** The message for a user who asks cdktf for HCL. */
export const HCL_REFUSAL =
  "cannot be written as HCL: the bindings write HCL, and they lack arguments such as iap_enabled; write JSON: leave out '--hcl', SYNTH_HCL_OUTPUT and hclOutput";

/** The bindings' service with the arguments that they lack. The user's `addOverride` replaces both. */
export class NewerCloudRunV2Service extends CloudRunV2Service {
  constructor(
    scope: Construct,
    id: string,
    config: CloudRunV2ServiceConfig,
    private readonly newer: NewerArguments,
  ) {
    super(scope, id, config);
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return merged(super.synthesizeAttributes(), this.newer) as { [name: string]: unknown };
  }

  /** Whether HCL would lack some of the arguments. */
  get lacksArgumentsInHcl(): boolean {
    return Object.keys(this.newer).length > 0;
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    if (this.lacksArgumentsInHcl) throw new Error(`${this.node.path} ${HCL_REFUSAL}`);
    return super.synthesizeHclAttributes();
  }
}

/** Whether the construct is a service and its HCL would lack arguments. */
export function lacksArguments(construct: IConstruct): boolean {
  return construct instanceof NewerCloudRunV2Service && construct.lacksArgumentsInHcl;
}

/** Merges the added arguments into those of the bindings: maps key by key, lists entry by entry. Other values replace the old one. */
function merged(written: unknown, added: unknown): unknown {
  if (added === undefined) return written;
  if (Array.isArray(written) && Array.isArray(added)) {
    return written.map((entry, index) => merged(entry, added[index]));
  }
  if (!isMap(written) || !isMap(added)) return added;
  const both = { ...written };
  for (const [name, value] of Object.entries(added)) both[name] = merged(written[name], value);
  return both;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
