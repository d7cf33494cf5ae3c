import { IapWebCloudRunServiceIamMember } from '@cdktf/provider-google/lib/iap-web-cloud-run-service-iam-member';
import { addressOf, referenceTo } from '../core/address';
import { ACCESSOR_ROLE } from '../core/identity-aware-proxy';
import { isToken } from '../core/literal';
import { sortedSet } from '../core/order';
import type { ServiceInRegion } from './region';

/** Who can pass Identity-Aware Proxy in front of a service. */
export interface ServiceIapProps {
  /** Principals that get `roles/iap.httpsResourceAccessor`, in the form IAM writes them: `group:support@example.com`. */
  readonly members: readonly string[];
}

/** Lets the members pass the proxy of a service in one region. */
export function letMembersPass(regional: ServiceInRegion, { members }: ServiceIapProps): void {
  const { service, resource, location, region, addressPrefix } = regional;
  const { props, addresses, principals } = service.environment;
  for (const member of sortedSet(members.map((each) => principals.canonical(each)))) {
    const origin = { subject: service, path: ['iap', 'members'] };
    const part = addresses.part(member, origin);
    const grant = new IapWebCloudRunServiceIamMember(
      service,
      `${region?.location ?? ''} iap ${isToken(member) ? part : member}`,
      {
        project: props.project,
        location,
        cloudRunServiceName: referenceTo(resource, 'name'),
        role: ACCESSOR_ROLE,
        member,
        lifecycle: { replaceTriggeredBy: [`${addressOf(resource)}.uid`] },
      },
    );
    const name = `iap_${part}`;
    const nameWithoutRegions = region?.first ? `${addresses.prefixOf(service)}_${name}` : undefined;
    addresses.place(grant, `${addressPrefix}_${name}`, origin, nameWithoutRegions);
    principals.bind(member, (written) => {
      grant.member = written;
    });
  }
}
