import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { ServiceAccount as GoogleServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  type Account,
  agentAccount,
  constructIdOf,
  identityOf,
  isKnownToTerraformAlone,
  type OwnAccount,
  ownAccount,
  type ServiceAgent,
  wantedAccount,
} from './account';
import { addressOf, referenceTo } from './address';
import { cached } from './cached';
import { Environment } from './environment';
import type { Origin } from './finding';
import type { IdentityProps } from './identity-props';
import { nonEmpty } from './order';
import { Kind } from './registry';
import { withoutStackTraces } from './stack-traces';

const accountsByEmail = new WeakMap<Environment, Map<string, ServiceAccount>>();

/** The accounts that a stack creates or uses. */
export const ACCOUNTS = new Kind<ServiceAccount>('accounts');

/** New accounts and grants are created before the old ones are destroyed; otherwise a service would have no account for a while. */
const CREATE_FIRST = { lifecycle: { createBeforeDestroy: true } };

/** An account that services run as, created here or existing, and its grants. */
export class ServiceAccount extends Construct {
  /** The account of `holder`, made on first use: its own, a shared one, or an existing one. */
  static of(holder: Construct, wanted: IdentityProps['serviceAccount'], own: OwnAccount): ServiceAccount {
    const environment = Environment.of(holder);
    const origin = { subject: holder, path: [] };
    if (wanted === undefined) return new ServiceAccount(holder, 'Account', ownAccount(own, environment, origin));
    return ServiceAccount.shared(environment, wantedAccount(wanted, environment, origin));
  }

  /** The service agent of a Google product in the environment's project; undefined if the project's number is not known. */
  static ofAgent(environment: Environment, agent: ServiceAgent): ServiceAccount | undefined {
    const account = agentAccount(agent, environment);
    return account && ServiceAccount.shared(environment, account);
  }

  /** The account of a stack with this email address, if something in the stack uses it. */
  static withEmail(environment: Environment, email: string): ServiceAccount | undefined {
    return accountsByEmail.get(environment)?.get(identityOf(environment, email));
  }

  private static shared(environment: Environment, account: Account): ServiceAccount {
    return (
      ServiceAccount.withEmail(environment, account.email) ??
      new ServiceAccount(environment.group('named accounts'), constructIdOf(account), account)
    );
  }

  /** The account's email address, known without Terraform; for the default account only if the project's number is known. */
  readonly email: string;
  /** The account's email address as the service's argument: a reference where the account is created here. @internal */
  readonly reference: string;
  /** The account as a principal: a reference if it is created here. @internal */
  readonly member: string;
  /** The account that Terraform creates; undefined for an existing one. */
  readonly resource?: GoogleServiceAccount;

  /** What asked for the account first. */
  readonly origin: Origin;
  /** The roles that it got from `grantRole`. @internal */
  readonly namedRoles: string[] = [];
  /** The places that grant something to the account: a grant needs its email address. @internal */
  readonly granted: Origin[] = [];

  private readonly environment: Environment;
  private readonly prefix: string;
  private readonly grants = new Map<string, TerraformResource>();

  constructor(scope: Construct, id: string, account: Account) {
    super(scope, id);
    this.environment = Environment.of(this);
    this.email = account.email;
    this.prefix = account.prefix;
    this.origin = account.origin;
    if (account.create) {
      const { project } = this.environment.props;
      const config = { project, ...account.create, ...CREATE_FIRST };
      this.resource = withoutStackTraces(() => new GoogleServiceAccount(this, 'Default', config));
      this.resource.dependsOn = nonEmpty(this.environment.apis.require('iam'));
      this.environment.addresses.place(this.resource, account.prefix, account.origin);
    }
    this.reference = this.resource ? referenceTo(this.resource, 'email') : (account.reference ?? account.email);
    this.member = this.resource ? referenceTo(this.resource, 'member') : `serviceAccount:${account.email}`;
    this.environment.registry.add(ACCOUNTS, this);
    this.environment.principals.add(this);
    const byEmail = accountsByEmail.get(this.environment) ?? new Map<string, ServiceAccount>();
    accountsByEmail.set(this.environment, byEmail.set(identityOf(this.environment, this.email), this));
  }

  /** Whether only Terraform knows the email address, so that nothing can be granted to the account here. */
  get isKnownToTerraformAlone(): boolean {
    return isKnownToTerraformAlone(this.email);
  }

  /** The account as a principal, for a grant to it. */
  grantee(origin: Origin): string {
    this.granted.push(origin);
    return `serviceAccount:${this.email}`;
  }

  /** Gives the account a role on a project, by default the environment's. Giving it again changes nothing. */
  grantRole(role: string, { project }: { readonly project?: string } = {}): TerraformResource {
    this.namedRoles.push(role);
    return this.projectGrant(role, { subject: this, path: [] }, project);
  }

  /** Lets the account read a secret: its id in the environment's project, or `projects/P/secrets/S`. */
  grantSecretAccess(secret: string): TerraformResource {
    return this.secretGrant(secret, { subject: this, path: [] });
  }

  /** Lets the account read and write the objects of a bucket, or only read them. */
  grantBucketAccess(bucket: string, { readOnly = false }: { readonly readOnly?: boolean } = {}): TerraformResource {
    return this.bucketGrant(bucket, readOnly, { subject: this, path: [] });
  }

  /** Lets the account read a secret: its id in the environment's project, or `projects/P/secrets/S`. */
  secretGrant(secret: string, origin: Origin): TerraformResource {
    const full = /^projects\/([^/]+)\/secrets\/([^/]+)$/.exec(secret);
    const [project, secretId] = full ? [full[1], full[2] ?? secret] : [this.project, secret];
    const name = this.part(project === this.project ? secretId : secret, origin);
    return this.grant(`secret_${name}`, origin, (id) => {
      const api = this.environment.apis.require('secretmanager');
      const role = 'roles/secretmanager.secretAccessor';
      return [new SecretManagerSecretIamMember(this, id, { project, secretId, role, ...this.createdGrantee }), api];
    });
  }

  /** Lets the account read and write the objects of a bucket, or only read them. */
  bucketGrant(bucket: string, readOnly: boolean, origin: Origin): TerraformResource {
    const role = readOnly ? 'roles/storage.objectViewer' : 'roles/storage.objectUser';
    return this.grant(`bucket_${this.part(bucket, origin)}_${readOnly ? 'viewer' : 'user'}`, origin, (id) => {
      return [new StorageBucketIamMember(this, id, { bucket, role, ...this.createdGrantee }), []];
    });
  }

  /** Gives the account a role on a project, by default the environment's. */
  projectGrant(role: string, origin: Origin, project: string | undefined = this.project): TerraformResource {
    const name = `role_${this.part(role.replace(/^roles\//, ''), origin)}`;
    const ending = project === this.project ? '' : `_${this.part(project, origin)}`;
    return this.grant(`${name}${ending}`, origin, (id) => {
      const api = this.environment.apis.require('cloudresourcemanager');
      return [new ProjectIamMember(this, id, { project, role, ...this.createdGrantee }), api];
    });
  }

  /** Lets another account create identity tokens for this one. */
  grantTokenCreation(creator: ServiceAccount, origin: Origin): string {
    const tokenGrant = this.grant('token_creator', origin, (id) => {
      const serviceAccountId = this.resource
        ? referenceTo(this.resource, 'name')
        : `projects/-/serviceAccounts/${this.email}`;
      const role = 'roles/iam.serviceAccountTokenCreator';
      const { member } = creator;
      return [new ServiceAccountIamMember(this, id, { serviceAccountId, role, member, ...CREATE_FIRST }), []];
    });
    return addressOf(tokenGrant);
  }

  private get project(): string {
    return this.environment.props.project;
  }

  private get createdGrantee() {
    return { member: this.member, ...CREATE_FIRST };
  }

  private part(text: string, origin: Origin): string {
    return this.environment.addresses.part(text, origin);
  }

  /** Makes a grant once, however many services ask for it. */
  private grant(name: string, origin: Origin, make: (id: string) => [TerraformResource, string[]]): TerraformResource {
    this.granted.push(origin);
    return cached(this.grants, name, () => {
      const [resource, dependsOn] = withoutStackTraces(() => make(name));
      resource.dependsOn = nonEmpty(dependsOn);
      return this.environment.addresses.place(resource, `${this.prefix}_${name}`, origin);
    });
  }
}
