import { Construct } from 'constructs';
import { triggerAccountIdOf } from '../core/account-id';
import { addressPart, referenceTo } from '../core/address';
import type { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { knownProps } from '../core/known-props';
import { isToken, literal } from '../core/literal';
import { type ICreatedRegionalService, type ICreatedService, type ITrigger, knownName } from '../core/service';
import { type IdentityProps, ServiceAccount } from '../core/service-account';

/** What everything that calls a service on its own has. */
export interface TriggerProps {
  /**
   * The product's name of it. Terraform addresses keep the key; a change replaces it.
   * @default the key
   * @terraform name
   */
  readonly name?: string;

  /**
   * Region of the service to call, of a service that has `regions`.
   * @default the service's region
   * @terraform the address that is called
   */
  readonly region?: string;

  /**
   * The account whose identity token is sent, which alone is granted `roles/run.invoker` on the service. Left out, it gets one of its own. An
   * email address names an existing account, `{name: …}` one that is created once and shared, and `default` the project's
   * Compute Engine default account (needs the environment's `projectNumber`).
   * @default an account of its own
   * @terraform google_service_account.<service>_<kind>_<key>
   */
  readonly serviceAccount?: IdentityProps['serviceAccount'];
}

/** The service that a trigger calls. */
export interface TriggerTarget {
  /** The service to call. */
  readonly service: ICreatedService;
  /**
   * The trigger's part of Terraform addresses, and its name where none is given.
   * @default the construct's id
   */
  readonly key?: string;
}

/** What holds for all triggers of one kind. */
export interface TriggerKind {
  /** The word for it in addresses. */
  readonly word: string;
  /** The product's word for it. */
  readonly product: string;
  /** What is wrong with a name for it, and what to write instead. */
  readonly nameProblem: (name: string) => NameProblem | undefined;
  /** Whether Google's own accounts take part in it, whose addresses begin with the project's number. */
  readonly needsProjectNumber: boolean;
  /** Whether its product sends tokens of accounts of its own project alone. */
  readonly needsOwnProject: boolean;
}

/** What is wrong with a name. */
export interface NameProblem {
  readonly reason: string;
  readonly remedy: string;
}

/** What is wrong with a name that does not fit a pattern, which `words` describe. */
export function nameFits(pattern: RegExp, words: string): TriggerKind['nameProblem'] {
  return (name) => (pattern.test(name) ? undefined : { reason: '', remedy: `use ${words}` });
}

interface TriggerWithPath extends TriggerProps {
  readonly path?: string;
}

/** Something that calls one service, with the account whose token it sends and that account's one grant. */
export abstract class Trigger<Props extends TriggerWithPath = TriggerWithPath> extends Construct implements ITrigger {
  /** The service that is called. */
  readonly service: ICreatedService;
  /** The region of the service that is called. */
  readonly target: ICreatedRegionalService;
  /** The account whose identity token is sent. */
  readonly serviceAccount: ServiceAccount;
  /** The product's name of it. */
  readonly triggerName: string;
  /** The props as the user wrote them. */
  readonly props: Props & TriggerTarget;
  /** The key of its part of Terraform addresses. */
  readonly key: string;
  /** The principals that its props name, and where. */
  readonly namedPrincipals: { readonly principal: string; readonly path: Origin['path'] }[] = [];
  /** What the addresses of what it creates begin with. */
  readonly addressPrefix: string;

  constructor(
    scope: Construct,
    id: string,
    readonly kind: TriggerKind,
    given: Props & TriggerTarget,
  ) {
    super(scope, id);
    const { service, key = id } = given;
    const { regional, environment } = service;
    const props = knownProps(given, { subject: this, addresses: environment.addresses, deciding: /^region$/ });
    this.service = service;
    this.props = props;
    this.key = key;
    this.triggerName = props.name ?? key;
    this.target = regional.find(({ location }) => location === props.region) ?? regional[0];
    const servicePrefix = environment.addresses.prefixOf(service);
    this.addressPrefix = `${servicePrefix}_${addressPart(key)}`;
    const { word, product } = kind;
    const name = isToken(this.triggerName) ? key : this.triggerName;
    const own = {
      accountId: triggerAccountIdOf(knownName(service), word, name),
      displayName: `${product} ${name} of ${knownName(service)}`,
      prefix: `${servicePrefix}_${word}_${addressPart(key)}`,
    };
    this.serviceAccount = ServiceAccount.of(this, props.serviceAccount, own);
    this.target.grantInvoke(this.serviceAccount.grantee(this.origin), this.origin);
    service.addTrigger(this);
  }

  /** Its full name, which the project has once. */
  abstract get fullName(): string;

  protected get environment(): Environment {
    return this.service.environment;
  }

  /** What asked for it. */
  get origin(): Origin {
    return { subject: this, path: [] };
  }

  /** What asked for something of a key of the props. */
  protected originOf(key: keyof Props & string): Origin {
    return { subject: this, path: [key] };
  }

  /** The props, literal to Terraform. */
  protected get literalProps(): Omit<Props & TriggerTarget, 'service' | 'key'> {
    const { service: _, key: __, ...props } = this.props;
    return literal(props);
  }

  /**
   * The service's own run.app URL, which is also the audience of the token: requests to a mapped domain do not count as internal. A
   * reference, so that Terraform knows the order.
   */
  protected get audience(): string {
    return referenceTo(this.target.resource, 'uri');
  }

  /** The token to send. */
  protected get oidcToken() {
    return { serviceAccountEmail: this.serviceAccount.reference, audience: this.audience };
  }
}
