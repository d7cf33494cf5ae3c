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
import { contentsOf, type StackContents } from '../checks/stack-contents';
import type { Topic } from '../connections/topic';
import type { DnsRecord } from '../core/dns';
import { Environment } from '../core/environment';
import type { Finding } from '../core/finding';
import { byCodePoint } from '../core/order';
import type { Backend, CloudRunStackProps } from '../core/stack-props';
import { withoutStackTraces } from '../core/stack-traces';
import type { DomainMapping } from '../domain-mapping/domain-mapping';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import type { CloudRunService } from '../service/cloud-run-service';
import { findingsOf } from './findings';
import { ChosenGoogleProvider } from './google-provider';
import { describeRecords, describeServices, OPTIONAL_OUTPUTS } from './outputs';

/** The records to create for one domain. */
export interface DomainRecords {
  readonly domain: string;
  /** Cloud Run's name of the service to which the domain is mapped. */
  readonly service?: string;
  /** The name of the domain's load balancer. */
  readonly loadBalancer?: string;
  /** The Cloud DNS zone in which Terraform writes the records. Without it, somebody must write them. */
  readonly dnsZone?: string;
  readonly records: readonly DnsRecord[];
}

/** One environment: a stack with provider, backend, readable addresses, and checks of all its services. */
export class CloudRunStack extends TerraformStack {
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, props: CloudRunStackProps) {
    super(scope, id);
    // tsx and babel do not check types, so these may be missing.
    if (!props.project || !props.region) throw new Error(`${id}: project and region are needed`);
    this.environment = new Environment(this, props);
    // No service can have the name of this group, so a service may be called `backend`.
    const settings = this.environment.group('terraform settings');
    new ChosenGoogleProvider(settings, 'google', props, this.environment.googleProvider);
    createBackend(settings, id, props.backend ?? { local: {} });
    this.output('services', () => describeServices(this.services));
    this.output('dns_records', () => describeRecords(this.domainMappings, this.loadBalancers));
    for (const { name, kind, describe } of OPTIONAL_OUTPUTS) {
      this.environment.registry.whenFirst(kind, () => this.output(name, () => describe(this.contents)));
    }
  }

  /** The stack's services, in the order they were added. */
  get services(): readonly CloudRunService[] {
    return this.contents.services;
  }

  /** The stack's domain mappings, in the order they were added. */
  get domainMappings(): readonly DomainMapping[] {
    return this.contents.domainMappings;
  }

  /** The stack's load balancers, in the order they were added. */
  get loadBalancers(): readonly ExternalLoadBalancer[] {
    return this.contents.loadBalancers;
  }

  /** The topics that the stack's services use, in the order of their first use. */
  get topics(): readonly Topic[] {
    return this.contents.topics;
  }

  /** The findings of all checks. Errors also stop `app.synth()`; warnings become annotations. */
  findings(): Finding[] {
    return findingsOf(this.environment);
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

  /** The stack as Terraform reads it. The `moved` blocks are sorted, so that the order in which services were added does not change the output. */
  // biome-ignore lint/suspicious/noExplicitAny: cdktf's own type
  override toTerraform(): any {
    const json = super.toTerraform();
    json.moved?.sort((a: { from: string }, b: { from: string }) => byCodePoint(a.from, b.from));
    for (const names of Object.values<string[]>(json['//'].metadata.moved ?? {})) names.sort(byCodePoint);
    return json;
  }

  private get contents(): StackContents {
    return contentsOf(this.environment);
  }

  private output(name: string, produce: () => unknown): void {
    withoutStackTraces(() => new TerraformOutput(this, name, { value: Lazy.anyValue({ produce }), staticId: true }));
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
