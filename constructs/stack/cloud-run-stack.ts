import {
  GcsBackend as CloudStorage,
  CloudBackend as HcpTerraform,
  Lazy,
  LocalBackend as LocalFile,
  NamedCloudWorkspace,
  TerraformOutput,
  TerraformStack,
} from 'cdktf';
import type { Construct } from 'constructs';
import type { Topic } from '../connections/topic';
import type { DnsRecord } from '../core/dns';
import { Environment } from '../core/environment';
import type { Finding } from '../core/finding';
import { byCodePoint } from '../core/order';
import type { Text } from '../core/text';
import type { DomainMapping } from '../domain-mapping/domain-mapping';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import type { CloudRunService } from '../service/cloud-run-service';
import { ChosenGoogleProvider } from './google-provider';
import { describeRecords, describeServices, describeWhatMayBe } from './outputs';

/** State in a file. */
export interface LocalBackend {
  /** State in a file on this machine. */
  readonly local: {
    /**
     * Path of the file, relative to the stack's folder `cdktf.out/stacks/NAME`.
     * @default "../../../terraform.NAME.tfstate"
     */
    readonly path?: string;
  };
}

/** State in a Cloud Storage bucket. */
export interface GcsBackend {
  /** State in a Cloud Storage bucket. */
  readonly gcs: {
    /** Name of the bucket. */
    readonly bucket: string;
    /**
     * Folder of the state in the bucket. Two environments that would share one state are refused.
     * @default the environment's name
     */
    readonly prefix?: Text;
    /**
     * Customer-managed key that encrypts the state.
     * @default Google's key
     */
    readonly kmsEncryptionKey?: string;
    /**
     * Service account to act as when reading and writing the state.
     * @default the caller
     */
    readonly impersonateServiceAccount?: string;
  };
}

/** State in HCP Terraform or Terraform Enterprise. */
export interface CloudBackend {
  /** State in HCP Terraform or Terraform Enterprise. */
  readonly cloud: {
    /** Name of the organization. */
    readonly organization: string;
    /** Name of the workspace. */
    readonly workspace: string;
    /**
     * Project of the workspace.
     * @default the organization's default project
     */
    readonly project?: string;
    /**
     * Host name of a Terraform Enterprise installation.
     * @default "app.terraform.io"
     */
    readonly hostname?: string;
  };
}

/** Where Terraform keeps the state: exactly one kind. */
export type Backend = LocalBackend | GcsBackend | CloudBackend;

/** What the organization allows. What it would refuse at apply is then refused before the plan. */
export interface OrganizationPolicies {
  /**
   * `iam.allowedPolicyMemberDomains`: the domains whose members may be granted anything. `allUsers` is then refused.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedPolicyMemberDomains?: readonly string[];
  /**
   * `run.allowedIngress`: the ingress settings a service may have.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedIngress?: readonly ('all' | 'internal' | 'internal-and-cloud-load-balancing')[];
  /**
   * `run.managed.requireInvokerIam`: whether the invoker check has to stay on.
   * @default false
   */
  readonly requireInvokerIam?: boolean;
  /**
   * `run.allowedVPCEgress`: the egress settings a service may have.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedVpcEgress?: readonly ('all-traffic' | 'private-ranges-only')[];
  /**
   * `run.allowedBinaryAuthorizationPolicies`: the policies of which every service has to use one.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedBinaryAuthorizationPolicies?: readonly string[];
}

/** Where the services of a stack live. */
export interface CloudRunStackProps {
  /** The Google Cloud project's id. */
  readonly project: string;

  /**
   * The project's number, digits in quotes. Only where something needs it: `serviceAccount: default` and Google's service agents.
   * @default none
   */
  readonly projectNumber?: string;

  /** Region of the services that name none, such as `europe-west1`. */
  readonly region: string;

  /**
   * Labels of every service; a service's own labels come on top.
   * @default none
   * @terraform google_cloud_run_v2_service labels, template.labels
   */
  readonly labels?: Readonly<Record<string, Text>>;

  /**
   * Where Terraform keeps the state.
   * @default a local file beside services.yaml
   * @terraform terraform.backend, terraform.cloud
   */
  readonly backend?: Backend;

  /**
   * Version of the google provider: an exact one, or `~> 7.44` for that and later ones below 8, of which the lock file
   * (`terraform providers lock`) holds one. 6.50, and 7.44 or later.
   * @default "7.45.0"
   * @terraform terraform.required_providers.google.version
   */
  readonly googleProvider?: string;

  /**
   * Whether to enable the APIs in use. They are never disabled again.
   * @default false
   * @gcloud gcloud services enable
   * @terraform google_project_service
   */
  readonly enableApis?: boolean;

  /**
   * What the organization's policies allow, so that violations are found before a plan.
   * @default nothing is known of them
   */
  readonly organizationPolicies?: OrganizationPolicies;
}

/** The records to create for one domain. */
export interface DomainRecords {
  readonly domain: string;
  /** Cloud Run's name of the service to which the domain is mapped. */
  readonly service?: string;
  /** The name of the load balancer that the domain leads to. */
  readonly loadBalancer?: string;
  /** The Cloud DNS zone in which Terraform writes the records; without one somebody has to. */
  readonly dnsZone?: string;
  readonly records: readonly DnsRecord[];
}

/** One environment: a stack with provider, backend, readable addresses and checks over all its services. */
export class CloudRunStack extends TerraformStack {
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, props: CloudRunStackProps) {
    super(scope, id);
    this.environment = new Environment(this, props);
    // Below a name that no service can have, so that a service may be called `backend`.
    const settings = this.environment.group('terraform settings');
    new ChosenGoogleProvider(settings, 'google', props, this.environment.googleProvider);
    createBackend(settings, id, props.backend ?? { local: {} });
    this.output('services', () => describeServices(this.services));
    this.output('dns_records', () => describeRecords(this.domainMappings, this.loadBalancers));
    this.environment.onFirst = (kind) => this.output(kind, () => describeWhatMayBe[kind](this.environment));
  }

  /** The stack's services, in the order they were added. */
  get services(): readonly CloudRunService[] {
    return this.environment.services;
  }

  /** The stack's domain mappings, in the order they were added. */
  get domainMappings(): readonly DomainMapping[] {
    return this.environment.domainMappings;
  }

  /** The stack's load balancers, in the order they were added. */
  get loadBalancers(): readonly ExternalLoadBalancer[] {
    return this.environment.loadBalancers;
  }

  /** The topics that the stack's services use, in the order they were first named. */
  get topics(): readonly Topic[] {
    return [...this.environment.topics.values()];
  }

  /** Everything the checks found. Errors also stop `app.synth()`; warnings become annotations there. */
  findings(): Finding[] {
    return this.environment.findings();
  }

  /** The DNS records that the domains need, as far as they are known without Terraform, sorted by domain. */
  dnsRecords(): DomainRecords[] {
    const mapped = this.domainMappings.map(({ domain, service, dnsZone, records }) => ({
      domain,
      service: service.serviceName,
      dnsZone,
      records,
    }));
    const balanced = this.loadBalancers.flatMap(({ loadBalancerName, domains }) =>
      domains.map(({ domain, dnsZone, records }) => ({
        domain,
        loadBalancer: loadBalancerName,
        dnsZone,
        records: records.map(({ type, name, values }) => ({ type, name, values })),
      })),
    );
    return [...mapped, ...balanced].sort((a, b) => byCodePoint(a.domain, b.domain));
  }

  /** The stack as Terraform reads it. The order in which services were added does not show: `moved` blocks come in it. */
  // biome-ignore lint/suspicious/noExplicitAny: cdktf's own type
  override toTerraform(): any {
    const json = super.toTerraform();
    json.moved?.sort((a: { from: string }, b: { from: string }) => byCodePoint(a.from, b.from));
    for (const names of Object.values<string[]>(json['//'].metadata.moved ?? {})) names.sort(byCodePoint);
    return json;
  }

  private output(name: string, produce: () => unknown): void {
    new TerraformOutput(this, name, { value: Lazy.anyValue({ produce }), staticId: true });
  }
}

function createBackend(scope: Construct, name: string, backend: Backend): void {
  if ('gcs' in backend) new CloudStorage(scope, { prefix: name, ...backend.gcs });
  else if ('cloud' in backend) {
    const { organization, workspace, project, hostname } = backend.cloud;
    new HcpTerraform(scope, { organization, hostname, workspaces: new NamedCloudWorkspace(workspace, project) });
  } else {
    // cdktf's own default is an absolute path, which differs from machine to machine.
    new LocalFile(scope, { path: backend.local.path ?? `../../../terraform.${name}.tfstate` });
  }
}
