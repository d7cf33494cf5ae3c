import type { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { addCall } from '../connections/calls';
import { addConnections } from '../connections/connections';
import { ImportedService } from '../connections/imported-service';
import type { Trigger } from '../connections/trigger';
import { accountIdOf } from '../core/account-id';
import { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { knownProps } from '../core/known-props';
import { isToken, literal } from '../core/literal';
import { nonEmpty, sortedSet } from '../core/order';
import { madeFrom } from '../core/origin';
import { type InvokerGrantee, principalOf } from '../core/principal';
import { Kind } from '../core/registry';
import {
  type Call,
  type ICloudRunService,
  type ICreatedService,
  type IRegionalService,
  knownName,
  SERVICES,
  type ServiceAttributes,
} from '../core/service';
import { ServiceAccount } from '../core/service-account';
import { refuseUntyped } from '../core/untyped-props';
import { DomainMapping } from '../domain-mapping/domain-mapping';
import { grantWhatIsUsed } from './account-grants';
import type { CloudRunServiceProps, ServiceWithProps } from './cloud-run-service-props';
import type { SecretReference } from './container';
import { SERVICE_PROPS } from './prop-forms';
import { withoutOtherVpcAccess } from './region';
import { RegionalService } from './regional-service';
import { usedApis } from './used-apis';

/** The services that a stack makes. */
export const CREATED_SERVICES = new Kind<CloudRunService>('created services');

/** An environment variable that a service gets for its calls, task queues and topics. */
interface DerivedVariable {
  readonly name: string;
  /** Its value; for a service in several regions, the value in the first region. */
  readonly value: string;
  /** What asked for it. */
  readonly origin: Origin;
}

/** The props whose values decide which arguments are written. */
const DECIDING =
  /^(?:access|invokerPolicy|ingress|vpcEgress|executionEnvironment|imageUpdates|trafficUpdates|scaling|domains\.\d+\.certificate|volumes\.[^.]+\.emptyDir\.medium)$/;

/** A Cloud Run service with its account, its grants and its mapped domains. */
export class CloudRunService extends Construct implements ICreatedService, ServiceWithProps {
  /**
   * A service that is made elsewhere: in another project, in another stack, or by other means. Services can call it, principals can
   * be granted to call it, and a load balancer can send requests to it.
   */
  static fromAttributes(scope: Construct, id: string, attributes: ServiceAttributes): ICloudRunService {
    return new ImportedService(scope, id, attributes);
  }

  /** The account the service runs as. */
  readonly serviceAccount: ServiceAccount;
  /** The service in each of its regions: one, or those of `regions`. */
  readonly regional: readonly [RegionalService, ...RegionalService[]];
  /** The service's mapped domains. */
  readonly domainMappings: readonly DomainMapping[];

  private readonly ownTriggers: Trigger[] = [];
  private readonly ownCalls: Call[] = [];
  private readonly ownDerivedEnv: DerivedVariable[] = [];

  private currentProps: CloudRunServiceProps;

  /** Cloud Run's name of the service. */
  readonly serviceName: string;
  /** Whether Terraform refuses to destroy or replace the service. */
  readonly deletionProtection: boolean;
  /** The environment of the service's stack. @internal */
  readonly environment: Environment;

  constructor(scope: Construct, id: string, written: CloudRunServiceProps) {
    super(scope, id);
    this.environment = Environment.of(this);
    const props = knownProps(written, { subject: this, addresses: this.environment.addresses, deciding: DECIDING });
    refuseUntyped(this, props, SERVICE_PROPS, ['image']);
    this.currentProps = props;
    this.serviceName = props.name ?? id;
    this.deletionProtection = props.deletionProtection ?? true;

    this.serviceAccount = this.account();
    this.regional = this.inEachRegion();
    this.domainMappings = this.mapDomains();
    this.environment.registry.add(SERVICES, this);
    this.environment.registry.add(CREATED_SERVICES, this);
    addConnections(this, props, (service) => service);
  }

  /** The props as the user wrote them, with the additions by methods. */
  get props(): CloudRunServiceProps {
    return this.currentProps;
  }

  /**
   * The resource that Terraform creates, in the first region. Any argument can be changed:
   * `service.resource.addOverride('template.timeout', '60s')`.
   */
  get resource(): CloudRunV2Service {
    return this.regional[0].resource;
  }

  /** The service's region, or the first of several. */
  get location(): string {
    return this.regional[0].location;
  }

  /** The service's run.app URL, in the first region: a reference, so that Terraform knows the order. */
  get uri(): string {
    return this.resource.uri;
  }

  /** The triggers that call the service. @internal */
  get triggers(): readonly Trigger[] {
    return this.ownTriggers;
  }

  /** The calls that the service makes. @internal */
  get outgoingCalls(): readonly Call[] {
    return this.ownCalls;
  }

  /** The environment variables that calls and triggers need. @internal */
  get derivedEnv(): readonly DerivedVariable[] {
    return this.ownDerivedEnv;
  }

  /**
   * Lets somebody call the service: a principal (`group:support@example.com`), something with an `email` or `member`, such as a
   * service account, or another service. It is checked as `invokers` are. Granting it again changes nothing.
   * @returns the grants, one for each region, so that something can depend on them
   */
  grantInvoke(grantee: InvokerGrantee): TerraformResource[] {
    const principal = principalOf(grantee);
    const { invokers = [] } = this.props;
    const index = invokers.includes(principal) ? invokers.indexOf(principal) : invokers.length;
    if (index === invokers.length) this.currentProps = { ...this.props, invokers: [...invokers, principal] };
    return this.regional.map((each) => each.grantInvoke(principal, { subject: this, path: ['invokers', index] }));
  }

  /** Lets this service call another one: grants the invoker role on the other and sets an environment variable with its URL here. */
  addCall(callee: ICloudRunService, { env }: { readonly env?: string } = {}): void {
    addCall(this, callee, env, { subject: this, path: ['calls'] });
  }

  /** Adds an environment variable. It is checked like those of `env`. For a secret, the service's account is granted access. */
  addEnv(name: string, value: string | SecretReference): void {
    const { env = {} } = this.props;
    if (isToken(name)) throw new Error(`${this.node.path}: the name of a variable must be known; this one is a token`);
    if (Object.hasOwn(env, name)) throw new Error(`${this.node.path}: the variable '${name}' is in env already`);
    this.currentProps = { ...this.props, env: { ...env, [name]: value } };
    const origin = { subject: this, path: ['env', name] };
    const grant = typeof value === 'string' ? undefined : this.serviceAccount.secretGrant(value.secret, origin);
    for (const regional of this.regional) regional.addEnv(name, literal(value), grant);
  }

  /**
   * Adds an environment variable with the value of a secret: its id, `projects/P/secrets/S`, or something with a `secretId`, such as a
   * secret of Secret Manager.
   */
  addSecret(
    name: string,
    secret: string | { readonly secretId: string },
    { version }: { readonly version?: string } = {},
  ): void {
    this.addEnv(name, { secret: typeof secret === 'string' ? secret : secret.secretId, version });
  }

  /** @internal */
  addOutgoingCall(call: Call): void {
    this.ownCalls.push(call);
  }

  /** @internal */
  addTrigger(trigger: Trigger): void {
    this.ownTriggers.push(trigger);
  }

  /** Sets an environment variable that a call or a trigger needs. A variable of the same name in `env` is a finding. @internal */
  setEnv(name: string, origin: Origin, valueIn: (region: IRegionalService) => string): void {
    this.ownDerivedEnv.push({ name, origin, value: valueIn(this.regional[0]) });
    for (const regional of this.regional) regional.setEnv(name, valueIn(regional));
  }

  private account(): ServiceAccount {
    const { environment } = this;
    const own = {
      accountId: accountIdOf(knownName(this)),
      displayName: `Cloud Run service ${knownName(this)}`,
      prefix: environment.addresses.prefixOf(this),
    };
    return ServiceAccount.of(this, this.props.serviceAccount, own);
  }

  private inEachRegion(): CloudRunService['regional'] {
    const { regions, ...props } = literal(this.props);
    const dependsOn = nonEmpty(sortedSet([...usedApis(this), ...grantWhatIsUsed(this)]));
    const differing = Array.isArray(regions)
      ? [...new Set(regions)].map((name) => [name, {}] as const)
      : Object.entries(regions ?? {});
    const [first, ...others] = differing.map(
      ([name, changes], index) =>
        new RegionalService(this, { ...props, ...withoutOtherVpcAccess(changes) }, dependsOn, {
          location: this.environment.addresses.known(name, { subject: this, path: ['regions'] }),
          first: index === 0,
        }),
    );
    return first ? [first, ...others] : [new RegionalService(this, props, dependsOn)];
  }

  private mapDomains(): DomainMapping[] {
    return (this.props.domains ?? []).map((domain, index) => {
      const mapped = typeof domain === 'string' ? { name: domain } : domain;
      const origin = { subject: this, path: ['domains', index] };
      // A name that is empty or listed twice is a finding, so it must not make the constructor throw.
      const isTaken = mapped.name === '' || this.node.tryFindChild(mapped.name);
      const id = isTaken ? `${mapped.name} ${index}` : mapped.name;
      const mapping = new DomainMapping(this, id, { ...mapped, service: this });
      madeFrom(mapping, origin);
      return mapping;
    });
  }
}
