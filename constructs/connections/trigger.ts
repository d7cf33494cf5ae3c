import { Construct } from 'constructs';
import { triggerAccountIdOf } from '../core/account-id';
import { addressPart, referenceTo } from '../core/address';
import type { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import type { IdentityProps } from '../core/identity-props';
import { knownProps } from '../core/known-props';
import { isToken, literal } from '../core/literal';
import { type ICreatedRegionalService, type ICreatedService, type ITrigger, knownName } from '../core/service';
import { ServiceAccount } from '../core/service-account';
import type { Grantable } from './grantee';

/** Props of all triggers. */
export interface TriggerProps {
  /**
   * Its name in the product. A change replaces it. Terraform addresses contain the key and not this name.
   * @default the key
   * @terraform name
   */
  readonly name?: string;

  /**
   * Region in which the service is called, if the service has `regions`.
   * @default the service's region
   * @terraform the address that is called
   */
  readonly region?: string;

  /**
   * The account that the trigger uses for its identity token; it is granted `roles/run.invoker` on the service. Without it, the trigger
   * gets an account of its own. An email address names an existing account. `{name: …}` names an account that is created once and shared.
   * `default` is the project's Compute Engine default account (needs the environment's `projectNumber`).
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
   * The trigger's part of Terraform addresses, and its default name.
   * @default the construct's id
   */
  readonly key?: string;
}

/** The properties that all triggers of one kind share. */
export interface TriggerKind {
  /** The kind's word in addresses. */
  readonly word: string;
  /** The product's name of the kind. */
  readonly product: string;
  /** Why a name is not allowed, and what to write instead. */
  readonly nameProblem: (name: string) => NameProblem | undefined;
  /** Whether it needs a Google service agent. The agent's email address contains the project's number. */
  readonly needsProjectNumber: boolean;
  /** Whether the product can only send tokens of accounts in its own project. */
  readonly needsOwnProject: boolean;
}

/** What is wrong with a name. */
export interface NameProblem {
  readonly reason: string;
  readonly remedy: string;
}

/** A check of names against a pattern. `words` describe the pattern in the remedy. */
export function nameFits(pattern: RegExp, words: string): TriggerKind['nameProblem'] {
  return (name) => (pattern.test(name) ? undefined : { reason: '', remedy: `use ${words}` });
}

interface TriggerWithPath extends TriggerProps {
  readonly path?: string;
}

/** A trigger: it calls one service with the identity token of its account, which gets the invoker role on the service. */
export abstract class Trigger<Props extends TriggerWithPath = TriggerWithPath> extends Construct implements ITrigger {
  /** The service that is called. */
  readonly service: ICreatedService;
  /** The service in the region in which it is called. */
  readonly target: ICreatedRegionalService;
  /** The trigger sends this account's identity token. */
  readonly serviceAccount: ServiceAccount;
  /** Its name in the product. */
  readonly triggerName: string;
  /** The props as the user wrote them. */
  readonly props: Props & TriggerTarget;
  /** Its part of Terraform addresses. */
  readonly key: string;
  /** The principals in its props, and their places there. */
  readonly namedPrincipals: { readonly principal: string; readonly path: Origin['path'] }[] = [];
  /** The beginning of its resources' addresses. */
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

  /** Its full name, unique in the project. */
  abstract get fullName(): string;

  protected get environment(): Environment {
    return this.service.environment;
  }

  /** The resource on which senders get a grant; undefined if the trigger has no senders. */
  get grantable(): Grantable | undefined {
    return undefined;
  }

  /** What asked for it. */
  get origin(): Origin {
    return { subject: this, path: [] };
  }

  /** The place of a key of the props. */
  protected originOf(key: keyof Props & string): Origin {
    return { subject: this, path: [key] };
  }

  /** The props, escaped for Terraform. */
  protected get literalProps(): Omit<Props & TriggerTarget, 'service' | 'key'> {
    const { service: _, key: __, ...props } = this.props;
    return literal(props);
  }

  /** The props, escaped for Terraform, with the product's defaults for those that are not set. */
  protected propsWith<Defaults extends { readonly [Key in keyof Props]?: unknown }>(
    defaults: Defaults,
  ): Omit<Props, keyof Defaults> & Required<Pick<Props, keyof Defaults & keyof Props>> {
    const set = Object.entries(this.literalProps).filter(([, value]) => (value ?? undefined) !== undefined);
    return { ...defaults, ...Object.fromEntries(set) } as Omit<Props, keyof Defaults> &
      Required<Pick<Props, keyof Defaults & keyof Props>>;
  }

  /**
   * The service's own run.app URL, which is also the audience of the token. A mapped domain cannot be used: requests to it do not count as
   * internal. It is a reference, so that Terraform knows the order.
   */
  protected get audience(): string {
    return referenceTo(this.target.resource, 'uri');
  }

  /** The token to send. */
  protected get oidcToken() {
    return { serviceAccountEmail: this.serviceAccount.reference, audience: this.audience };
  }
}
