import { CloudRunV2ServiceIamBinding } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-binding';
import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import type { TerraformResource } from 'cdktf';
import { addressOf, referenceTo } from '../core/address';
import type { Addresses } from '../core/addresses';
import type { Origin } from '../core/finding';
import { iapServiceAgent } from '../core/identity-aware-proxy';
import { isToken } from '../core/literal';
import { sortedEntries, sortedSet } from '../core/order';
import { ALL_USERS, INVOKER_ROLE } from '../core/principal';
import type { Principals } from '../core/principals';
import { letMembersPass, type ServiceIapProps } from './identity-aware-proxy';
import type { ServiceInRegion } from './region';

/** Who may call a service. */
export interface AccessProps {
  /**
   * Who may call the service without being named: nobody (`private`) or everybody (`public`, which grants
   * `roles/run.invoker` to `allUsers`). Changing it changes that grant alone, never the service.
   * @default "private"
   * @gcloud --[no-]allow-unauthenticated
   * @terraform google_cloud_run_v2_service_iam_member.<service>_public
   */
  readonly access?: 'private' | 'public';

  /**
   * Whether Cloud Run checks that a caller holds `roles/run.invoker`. With `access: public`, `false` switches the check
   * off instead of granting `allUsers`: the way to a public service where the organization restricts members by
   * domain. Refused on a private service.
   * @default true
   * @gcloud --[no-]invoker-iam-check
   * @terraform invoker_iam_disabled
   */
  readonly invokerIamCheck?: boolean;

  /**
   * Identity-Aware Proxy on the service itself: who opens it logs in, and passes as one of `members`. It holds for every name of
   * the service, needs no load balancer, and turns away whatever else calls. Needs the environment's `projectNumber`, and the
   * google provider 7.21 or later.
   * @default off
   * @gcloud --[no-]iap
   * @terraform iap_enabled, google_iap_web_cloud_run_service_iam_member.<service>_iap_<principal>
   */
  readonly iap?: ServiceIapProps;

  /**
   * Principals that may call the service, in the form IAM writes them: `user:`, `group:` or `serviceAccount:` and an email
   * address, `domain:` and a domain, `principal://` or `principalSet://`, or `allAuthenticatedUsers` (anybody with a
   * Google account). Each becomes one grant of `roles/run.invoker`; order and repetition do not matter.
   * @default no one
   * @gcloud gcloud run services add-iam-policy-binding
   * @terraform google_cloud_run_v2_service_iam_member.<service>_invoker_<principal>
   */
  readonly invokers?: readonly string[];

  /**
   * `additive` grants beside whatever was granted outside Terraform. `authoritative` owns `roles/run.invoker` on the
   * service: one binding with all its members, and Terraform takes away what anyone else grants.
   * @default "additive"
   * @terraform google_cloud_run_v2_service_iam_binding.<service>_invokers
   */
  readonly invokerPolicy?: 'additive' | 'authoritative';

  /**
   * Other roles on the service: a role (`roles/run.developer`, `projects/P/roles/R`) and the principals that get it,
   * each an additive grant. `roles/run.invoker` is refused here: it belongs to `invokers`.
   * @default none
   * @gcloud gcloud run services add-iam-policy-binding
   * @terraform google_cloud_run_v2_service_iam_member.<service>_iam_<role>_<principal>
   */
  readonly iam?: Readonly<Record<string, readonly string[]>>;
}

/** The grants on a service in one region: who may invoke it, and who has other roles on it. */
export class ServiceAccess {
  /** The grant to everybody; none on a private service, and none where the invoker check is off instead. */
  readonly publicGrant?: CloudRunV2ServiceIamMember;
  /** The grants to named invokers by principal; empty under `invokerPolicy: authoritative`. */
  readonly invokerGrants = new Map<string, CloudRunV2ServiceIamMember>();
  /** The one binding under `invokerPolicy: authoritative`. */
  readonly binding?: CloudRunV2ServiceIamBinding;

  private readonly members = new Map<string, string>();
  private readonly followers: TerraformResource[] = [];
  private readonly open: boolean;

  constructor(
    private readonly regional: ServiceInRegion,
    props: AccessProps,
  ) {
    this.open = props.access === 'public' && props.invokerIamCheck !== false;
    if (props.invokerPolicy === 'authoritative') this.binding = this.bind();
    else if (this.open) this.publicGrant = this.member('public', INVOKER_ROLE, ALL_USERS, this.origin(['access']));
    props.invokers?.forEach((principal, index) => {
      this.grantInvoke(principal, this.origin(['invokers', index]));
    });
    this.grantOtherRoles(props.iam);
    if (props.iap) this.letProxyCall(props.iap);
  }

  /** Lets a principal call the service. Granting it again, in whatever case, changes nothing. */
  grantInvoke(principal: string, origin: Origin): TerraformResource {
    const member = this.principals.canonical(principal);
    if (this.binding) {
      this.addToBinding(this.binding, member, origin);
      return this.binding;
    }
    const part = this.addresses.part(member, origin);
    const key = isToken(member) ? part : member;
    const known = this.invokerGrants.get(key);
    if (known) return known;
    const grant = this.member(`invoker_${part}`, INVOKER_ROLE, member, origin);
    this.invokerGrants.set(key, grant);
    this.goBeforeFollowers(grant);
    return grant;
  }

  /**
   * Has a resource that sends requests to the service wait for all grants to invokers, those to come included, or a service
   * that is replaced would refuse everybody for a while. Then the grants are replaced in the same order as the service.
   */
  precede(follower: TerraformResource): void {
    this.followers.push(follower);
    for (const grant of [this.publicGrant, this.binding, ...this.invokerGrants.values()]) {
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
      const prefix = `iam_${this.addresses.part(role.replace(/^roles\//, ''), origin)}`;
      for (const member of sortedSet(principals.map((principal) => this.principals.canonical(principal)))) {
        const part = this.addresses.part(member, origin);
        this.member(`${prefix}_${part}`, role, member, origin, `iam ${role} ${isToken(member) ? part : member}`);
      }
    }
  }

  private member(
    name: string,
    role: string,
    member: string,
    origin: Origin,
    id = isToken(member) ? name : `${name} ${member}`,
  ): CloudRunV2ServiceIamMember {
    const { service } = this.regional;
    const grant = new CloudRunV2ServiceIamMember(service, this.id(id), {
      ...this.target(),
      role,
      member,
    });
    this.place(grant, name, origin);
    service.environment.principals.bind(member, (written) => {
      grant.member = written;
    });
    return grant;
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

  private addToBinding(binding: CloudRunV2ServiceIamBinding, member: string, origin: Origin): void {
    const part = this.addresses.part(member, origin);
    const key = isToken(member) ? part : member;
    if (this.open || this.members.has(key)) return;
    this.forgetMember(`invoker_${part}`);
    this.principals.bind(member, (written) => {
      this.members.set(key, written);
      binding.members = sortedSet(this.members.values());
    });
  }

  /** A member that was granted additively, destroyed beside a new binding, would be taken out of the binding again. */
  private forgetMember(name: string): void {
    const { service, addressPrefix } = this.regional;
    service.environment.addresses.forget(`${CloudRunV2ServiceIamMember.tfResourceType}.${addressPrefix}_${name}`);
  }

  /** A grant is replaced with its service: a service that is created again starts with no grants at all. */
  private target() {
    const { resource, location, service } = this.regional;
    return {
      project: service.environment.props.project,
      location,
      name: referenceTo(resource, 'name'),
      lifecycle: { replaceTriggeredBy: [`${addressOf(resource)}.uid`] },
    };
  }

  private get addresses(): Addresses {
    return this.regional.service.environment.addresses;
  }

  private get principals(): Principals {
    return this.regional.service.environment.principals;
  }

  /** A construct id: one service may have the same grant in several regions. */
  private id(name: string): string {
    const { region } = this.regional;
    return region ? `${region.location} ${name}` : name;
  }

  private origin(path: Origin['path']): Origin {
    return { subject: this.regional.service, path };
  }

  private place(grant: TerraformResource, name: string, origin: Origin): void {
    const { service, addressPrefix, region } = this.regional;
    const { addresses } = service.environment;
    const nameWithoutRegions = region?.first ? `${addresses.prefixOf(service)}_${name}` : undefined;
    addresses.place(grant, `${addressPrefix}_${name}`, origin, nameWithoutRegions);
  }
}
