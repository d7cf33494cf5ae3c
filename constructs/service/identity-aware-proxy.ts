import { IapWebCloudRunServiceIamMember } from '@cdktf/provider-google/lib/iap-web-cloud-run-service-iam-member';
import { addressOf, referenceTo } from '../core/address';
import { Grants } from '../core/grants';
import { ACCESSOR_ROLE } from '../core/identity-aware-proxy';
import { placeGrant, type ServiceInRegion } from './region';

/** Who can pass Identity-Aware Proxy in front of a service. */
export interface ServiceIapProps {
  /** Principals that get `roles/iap.httpsResourceAccessor`, in the form IAM writes them: `group:support@example.com`. */
  readonly members: readonly string[];
}

/** Lets the members pass the proxy of a service in one region. */
export function letMembersPass(regional: ServiceInRegion, { members }: ServiceIapProps): void {
  const { service, resource, location, region } = regional;
  const { environment } = service;
  new Grants(environment, ({ member, part, key }, origin) => {
    const grant = new IapWebCloudRunServiceIamMember(service, `${region?.location ?? ''} iap ${key}`, {
      project: environment.props.project,
      location,
      cloudRunServiceName: referenceTo(resource, 'name'),
      role: ACCESSOR_ROLE,
      member,
      lifecycle: { replaceTriggeredBy: [`${addressOf(resource)}.uid`] },
    });
    return placeGrant(regional, grant, `iap_${part}`, origin);
  }).toEach(members, { subject: service, path: ['iap', 'members'] });
}
