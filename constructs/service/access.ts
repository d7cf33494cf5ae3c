import { CloudRunV2ServiceIamBinding } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-binding';
import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import type { TerraformResource } from 'cdktf';
import { addressOf, referenceTo } from '../core/address';
import type { Origin } from '../core/finding';
import { Grants, grantedPrincipal } from '../core/grants';
import { iapServiceAgent } from '../core/identity-aware-proxy';
import { isToken } from '../core/literal';
import { sortedEntries, sortedSet } from '../core/order';
import { ALL_USERS, INVOKER_ROLE } from '../core/principal';
import { letMembersPass, type ServiceIapProps } from './identity-aware-proxy';
import { placeGrant, type ServiceInRegion } from './region';

/** Who may call a service. */
export interface AccessProps {
  /**
   * Who may call the service besides `invokers`: nobody (`private`) or everybody (`public`, which grants
   * `roles/run.invoker` to `allUsers`). A change of this setting changes only that grant, never the service.
   * @default "private"
   * @gcloud --[no-]allow-unauthenticated
   * @terraform google_cloud_run_v2_service_iam_member.<service>_public
   */
  readonly access?: 'private' | 'public';

  /**
   * Whether Cloud Run checks that a caller has `roles/run.invoker`. With `access: public`, `false` disables the check
   * instead of a grant to `allUsers`. Use it for a public service if the organization restricts members by domain.
   * Refused on a private service.
   * @default true
   * @gcloud --[no-]invoker-iam-check
   * @terraform invoker_iam_disabled
   */
  readonly invokerIamCheck?: boolean;

  /**
   * Identity-Aware Proxy on the service itself: a visitor logs in, and only `members` reach the service. It protects every URL of
   * the service, needs no load balancer, and refuses all other callers. Needs the environment's `projectNumber`, and the google
   * provider 7.21 or later.
   * @default off
   * @gcloud --[no-]iap
   * @terraform iap_enabled, google_iap_web_cloud_run_service_iam_member.<service>_iap_<principal>
   */
  readonly iap?: ServiceIapProps;

  /**
   * Principals that may call the service, in the form IAM writes them: `user:`, `group:` or `serviceAccount:` and an email
   * address, `domain:` and a domain, `principal://` or `principalSet://`, or `allAuthenticatedUsers` (anybody with a
   * Google account). Each gets one grant of `roles/run.invoker`; order and repetition do not matter.
   * @default no one
   * @gcloud gcloud run services add-iam-policy-binding
   * @terraform google_cloud_run_v2_service_iam_member.<service>_invoker_<principal>
   */
  readonly invokers?: readonly string[];

  /**
   * `additive` keeps grants that were made outside Terraform. `authoritative` manages all of `roles/run.invoker` on the
   * service: it is one binding with all members, and Terraform removes every other member.
   * @default "additive"
   * @terraform google_cloud_run_v2_service_iam_binding.<service>_invokers
   */
  readonly invokerPolicy?: 'additive' | 'authoritative';

  /**
   * Other roles on the service: a role (`roles/run.developer`, `projects/P/roles/R`) and the principals that get it. Each is an
   * additive grant. `roles/run.invoker` is refused here: write it in `invokers`.
   * @default none
   * @gcloud gcloud run services add-iam-policy-binding
   * @terraform google_cloud_run_v2_service_iam_member.<service>_iam_<role>_<principal>
   */
  readonly iam?: Readonly<Record<string, readonly string[]>>;
}

/** The grants on a service in one region: to invokers, and of other roles. */
export class ServiceAccess {
  /** The grant to everybody; undefined on a private service, and if the invoker check is off instead. */
  readonly publicGrant?: CloudRunV2ServiceIamMember;
  /** The grants to invokers; none with `invokerPolicy: authoritative`. */
  readonly invokerGrants: Grants<CloudRunV2ServiceIamMember>;
  /** The binding of `invokerPolicy: authoritative`. */
  readonly binding?: CloudRunV2ServiceIamBinding;

  private readonly members = new Map<string, string>();
  private readonly followers: TerraformResource[] = [];
  private readonly open: boolean;

  constructor(
    private readonly regional: ServiceInRegion,
    props: AccessProps,
  ) {
    this.open = props.access === 'public' && props.invokerIamCheck !== false;
    this.invokerGrants = new Grants(regional.service.environment, ({ member, part }, origin) => {
      const name = `invoker_${part}`;
      const grant = this.member(name, isToken(member) ? name : `${name} ${member}`, INVOKER_ROLE, member, origin);
      this.goBeforeFollowers(grant);
      return grant;
    });
    if (props.invokerPolicy === 'authoritative') this.binding = this.bind();
    else if (this.open) this.publicGrant = this.grantEverybody();
    props.invokers?.forEach((principal, index) => {
      this.grantInvoke(principal, this.origin(['invokers', index]));
    });
    this.grantOtherRoles(props.iam);
    if (props.iap) this.letProxyCall(props.iap);
  }

  /** Lets a principal call the service. Granting it again changes nothing, also in upper or lower case. */
  grantInvoke(principal: string, origin: Origin): TerraformResource {
    if (!this.binding) return this.invokerGrants.to(principal, origin);
    this.addToBinding(this.binding, principal, origin);
    return this.binding;
  }

  /**
   * Makes a resource that sends requests to the service wait for all grants to invokers, including later ones. Otherwise a replaced
   * service would refuse everybody for a while. The new grants are also created before the old ones are destroyed.
   */
  precede(follower: TerraformResource): void {
    this.followers.push(follower);
    for (const grant of [this.publicGrant, this.binding, ...this.invokerGrants.byPrincipal.values()]) {
      if (grant) this.goBeforeFollowers(grant);
    }
  }

  private letProxyCall(iap: ServiceIapProps): void {
    const { projectNumber } = this.regional.service.environment.props;
    this.grantInvoke(iapServiceAgent(projectNumber), this.origin(['iap']));
    letMembersPass(this.regional, iap);
  }

  private goBeforeFollowers(grant: TerraformResource): void {
    if (this.followers.length > 0) grant.lifecycle = { ...grant.lifecycle, createBeforeDestroy: true };
    for (const follower of this.followers) {
      follower.dependsOn = sortedSet([...(follower.dependsOn ?? []), addressOf(grant)]);
    }
  }

  private grantOtherRoles(iam: AccessProps['iam']): void {
    for (const [role, principals] of sortedEntries(iam)) {
      const origin = this.origin(['iam', role]);
      const { environment } = this.regional.service;
      const prefix = `iam_${environment.addresses.part(role.replace(/^roles\//, ''), origin)}`;
      new Grants(environment, ({ member, part, key }) =>
        this.member(`${prefix}_${part}`, `iam ${role} ${key}`, role, member, origin),
      ).toEach(principals, origin);
    }
  }

  private grantEverybody(): CloudRunV2ServiceIamMember {
    return this.member('public', `public ${ALL_USERS}`, INVOKER_ROLE, ALL_USERS, this.origin(['access']));
  }

  private member(name: string, id: string, role: string, member: string, origin: Origin): CloudRunV2ServiceIamMember {
    const config = { ...this.target(), role, member };
    return this.place(new CloudRunV2ServiceIamMember(this.regional.service, this.id(id), config), name, origin);
  }

  private bind(): CloudRunV2ServiceIamBinding {
    const members = this.open ? [ALL_USERS] : [];
    const binding = new CloudRunV2ServiceIamBinding(this.regional.service, this.id('invokers'), {
      ...this.target(),
      role: INVOKER_ROLE,
      members,
    });
    this.place(binding, 'invokers', this.origin(['invokerPolicy']));
    this.forgetMember('public');
    return binding;
  }

  private addToBinding(binding: CloudRunV2ServiceIamBinding, principal: string, origin: Origin): void {
    const { environment } = this.regional.service;
    const { member, part, key } = grantedPrincipal(environment, principal, origin);
    if (this.open || this.members.has(key)) return;
    this.forgetMember(`invoker_${part}`);
    environment.principals.bind(member, (written) => {
      this.members.set(key, written);
      binding.members = sortedSet(this.members.values());
    });
  }

  /** Terraform must not destroy an earlier additive grant: that would also remove its member from the new binding. */
  private forgetMember(name: string): void {
    const { service, addressPrefix } = this.regional;
    service.environment.addresses.forget(`${CloudRunV2ServiceIamMember.tfResourceType}.${addressPrefix}_${name}`);
  }

  /** A grant is replaced together with its service: a service that is created again has no grants. */
  private target() {
    const { resource, location, service } = this.regional;
    return {
      project: service.environment.props.project,
      location,
      name: referenceTo(resource, 'name'),
      lifecycle: { replaceTriggeredBy: [`${addressOf(resource)}.uid`] },
    };
  }

  /** A construct id: one service may have the same grant in several regions. */
  private id(name: string): string {
    const { region } = this.regional;
    return region ? `${region.location} ${name}` : name;
  }

  private origin(path: Origin['path']): Origin {
    return { subject: this.regional.service, path };
  }

  private place<Grant extends TerraformResource>(grant: Grant, name: string, origin: Origin): Grant {
    return placeGrant(this.regional, grant, name, origin);
  }
}
