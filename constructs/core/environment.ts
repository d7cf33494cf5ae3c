import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { Annotations, type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { findProblems, loadBalancerChecks, serviceChecks, stackChecks } from '../checks/index';
import type { TaskQueue } from '../connections/task-queue';
import type { Topic } from '../connections/topic';
import type { DomainMapping } from '../domain-mapping/domain-mapping';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import type { CloudRunService } from '../service/cloud-run-service';
import type { ServiceAccount } from '../service/service-account';
import type { CloudRunStackProps, OrganizationPolicies } from '../stack/cloud-run-stack';
import { addressOf } from './address';
import { Addresses } from './addresses';
import type { Finding } from './finding';
import { constraintOf, DEFAULT_GOOGLE_PROVIDER, GoogleProviderVersions } from './google-provider';
import { normalizePrincipal } from './principal';

/** Where the services of a stack live, and what they share: accounts, APIs, addresses and findings. */
export class Environment {
  private static readonly known = new WeakMap<TerraformStack, Environment>();

  /** The environment of the stack that holds `scope`. In a plain `TerraformStack` the google provider gives project and region. */
  static of(scope: IConstruct): Environment {
    const stack = TerraformStack.of(scope);
    return Environment.known.get(stack) ?? new Environment(stack, propsOfProvider(stack), { isPlainStack: true });
  }

  readonly services: CloudRunService[] = [];
  readonly domainMappings: DomainMapping[] = [];
  readonly loadBalancers: ExternalLoadBalancer[] = [];
  readonly accounts: ServiceAccount[] = [];
  readonly queues: TaskQueue[] = [];
  /** The topics in use by their full names. */
  readonly topics = new Map<string, Topic>();
  /** The stack's addresses in Terraform. */
  readonly addresses: Addresses;
  /** Told when the stack gets its first load balancer, queue or topic, and so something to put out. */
  onFirst: (kind: 'load_balancers' | 'queues' | 'topics') => void = () => {};

  /** The versions of the google provider that the stack may be applied with. */
  readonly googleProvider: GoogleProviderVersions;

  private readonly accountsByEmail = new Map<string, ServiceAccount>();
  private readonly memberSetters = new Map<string, ((member: string) => void)[]>();
  private readonly apis = new Map<string, ProjectService>();
  private readonly containers = new Map<string, Construct>();

  constructor(
    readonly stack: TerraformStack,
    readonly props: CloudRunStackProps,
    { isPlainStack = false } = {},
  ) {
    this.addresses = new Addresses(stack, isPlainStack);
    this.googleProvider = GoogleProviderVersions.parse(props.googleProvider ?? DEFAULT_GOOGLE_PROVIDER);
    Environment.known.set(stack, this);
    stack.node.addValidation({ validate: () => this.report() });
  }

  /** What the organization allows; nothing is restricted where nothing is known. */
  get policies(): OrganizationPolicies {
    return this.props.organizationPolicies ?? {};
  }

  /** The environments of all stacks of the app, this one among them. */
  get ofApp(): readonly Environment[] {
    const stacks = this.stack.node.root.node.children.filter(TerraformStack.isStack);
    return stacks.flatMap((stack) => Environment.known.get(stack) ?? []);
  }

  /** Makes a queue known. */
  addQueue(queue: TaskQueue): void {
    if (this.queues.length === 0) this.onFirst('queues');
    this.queues.push(queue);
  }

  /** Makes a topic known. */
  addTopic(topic: Topic): void {
    if (this.topics.size === 0) this.onFirst('topics');
    this.topics.set(topic.fullName, topic);
  }

  /** The service with this name in addresses. */
  serviceWithKey(key: string): CloudRunService | undefined {
    return this.services.find((service) => this.addresses.prefixOf(service) === key);
  }

  /** A construct that groups what belongs to the stack rather than to one service. */
  group(id: string): Construct {
    return cached(this.containers, id, () => new Construct(this.stack, id));
  }

  /** Addresses to depend on before an API is called: the API's enablement where `enableApis` is set. */
  api(name: string): string[] {
    if (!this.props.enableApis) return [];
    const service = cached(this.apis, name, () => {
      // Another stack or team may rely on the API, so destroying this stack leaves it on.
      const enabled = new ProjectService(this.group('enabled APIs'), name, {
        project: this.props.project,
        service: `${name}.googleapis.com`,
        disableOnDestroy: false,
      });
      this.addresses.place(enabled, name, { subject: this.stack, path: ['enableApis'] });
      return enabled;
    });
    return [addressOf(service)];
  }

  /**
   * Hands `set` the principal as Terraform is to see it: a reference where it is an account that this stack creates,
   * now or later, so that Terraform knows the order.
   */
  bindMember(principal: string, set: (member: string) => void): void {
    const member = normalizePrincipal(principal);
    const created = this.createdMember(member);
    set(created ?? member);
    if (!created && member.startsWith('serviceAccount:')) {
      cached<((member: string) => void)[]>(this.memberSetters, member, () => []).push(set);
    }
  }

  /** Makes an account known; what was granted to its email address before then refers to it, if it is created here. */
  addAccount(account: ServiceAccount): void {
    this.accounts.push(account);
    this.accountsByEmail.set(account.email, account);
    if (!account.resource) return;
    for (const set of this.memberSetters.get(`serviceAccount:${account.email}`) ?? []) set(account.member);
    this.memberSetters.delete(`serviceAccount:${account.email}`);
  }

  /** Makes a load balancer known. */
  addLoadBalancer(loadBalancer: ExternalLoadBalancer): void {
    this.loadBalancers.push(loadBalancer);
    if (this.loadBalancers.length === 1) this.onFirst('load_balancers');
  }

  /** The account with this email address, if a service of the stack runs as it. */
  accountOf(email: string): ServiceAccount | undefined {
    return this.accountsByEmail.get(email);
  }

  private createdMember(member: string): string | undefined {
    const account = this.accountOf(member.slice('serviceAccount:'.length));
    return account?.resource ? account.member : undefined;
  }

  /** All findings of the stack's checks, in the order the services and load balancers were added. */
  findings(): Finding[] {
    return [
      ...this.services.flatMap((service) => findProblems(serviceChecks, service, service)),
      ...this.loadBalancers.flatMap((each) => findProblems(loadBalancerChecks, each, each)),
      ...findProblems(stackChecks, this, this.stack),
    ];
  }

  private report(): string[] {
    const findings = this.findings();
    for (const finding of findings) {
      if (finding.severity === 'warning') Annotations.of(finding.subject).addWarning(describe(finding));
    }
    return findings
      .filter((finding) => finding.severity === 'error')
      .map((finding) => `${finding.subject.node.path} ${describe(finding)}`);
  }
}

function describe({ path, message, remedy, code }: Finding): string {
  const where = path.length > 0 ? `${path.join('.')}: ` : '';
  return `${where}${message}; ${remedy} [${code}]`;
}

function propsOfProvider(stack: TerraformStack): CloudRunStackProps {
  const provider = stack.node.children.find(
    (child): child is TerraformProvider & { project?: string; region?: string } =>
      'terraformResourceType' in child && child.terraformResourceType === 'google',
  );
  if (provider?.project && provider.region) {
    return { project: provider.project, region: provider.region, googleProvider: constraintOf(stack, provider) };
  }
  throw new Error(
    `${stack.node.path}: no project and region are known; use a CloudRunStack, or give the stack a GoogleProvider with both before its services`,
  );
}

function cached<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
