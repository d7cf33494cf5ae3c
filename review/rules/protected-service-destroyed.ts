import { type Change, isTrue, known, lastSegment, shown, type Values } from '../../exposure';
import { API, destroyed, invoker, planOf, SUPPORT, service } from '../fragment';
import type { Rule } from '../rule';
import { argument, isDestroyed, isReplaced, series } from '../wording';

export const protectedServiceDestroyed: Rule = {
  id: 'protected-service-destroyed',
  severity: 'high',
  finds: 'the apply will fail half-way: a service that is protected from deletion is destroyed or replaced',
  remedy:
    'remove it in two steps: first apply deletion_protection = false alone, then remove or rename the service and make a new plan',
  find: ({ changes }) => {
    const leaving = changes.filter((change) => isDestroyed(change) || isReplaced(change));
    return leaving
      .filter(
        ({ type, before }) => type === 'google_cloud_run_v2_service' && isTrue(before?.values.deletion_protection),
      )
      .map((service) => {
        const first = leaving.filter((change) => change !== service && leadsTo(change, service));
        const name = shown(service.before?.values.name);
        const gone = first.length === 0 ? '' : `destroys ${series(first.map(({ address }) => address))}, then `;
        return {
          address: service.address,
          message: `${name} is protected from deletion (deletion_protection = true): the apply ${gone}fails, and ${name} stays`,
          causes: [service.address, ...first.map(({ address }) => address)].sort(),
        };
      });
  },
  example: {
    found: planOf(destroyed(API, service()), destroyed(SUPPORT, invoker('group:support@example.com'))),
    notFound: planOf(destroyed(API, service({ deletion_protection: false }))),
  },
};

/** Whether a resource grants on a service, or sends requests to it: Terraform destroys it before the service. */
function leadsTo({ type, before }: Change, service: Change): boolean {
  const { name, location, uri } = service.before?.values ?? {};
  const values: Values = before?.values ?? {};
  if (/^google_cloud_run_(v2_)?service_iam_/.test(type)) {
    const on = shown(values.name) || shown(values.service);
    return lastSegment(on) === shown(name) && shown(values.location) === shown(location);
  }
  if (type === 'google_cloud_run_domain_mapping') return shown(argument(values, 'spec.route_name')) === shown(name);
  if (type === 'google_eventarc_trigger') {
    return shown(argument(values, 'destination.cloud_run_service.service')) === shown(name);
  }
  const host = known(uri)
    ?.toString()
    .replace(/^https:\/\//, '');
  return host !== undefined && host !== '' && JSON.stringify(values).includes(host);
}
