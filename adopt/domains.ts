import type { MappedDomain } from '../constructs/domain-mapping/domain-mapping';
import type { Target } from './environment';
import { Fields } from './fields';
import type { Found, Inventory, Remark } from './found';
import { without } from './props/without';
import type { AdoptedService } from './services';

const MAPPING = 'google_cloud_run_domain_mapping';

/** Adds the mapped domains to the services, with the Cloud DNS zone in which Terraform writes their records. */
export function adoptDomains(
  services: readonly AdoptedService[],
  inventory: Inventory,
  target: Target,
  leftOut: Remark[],
): void {
  const mappings = inventory.resources.filter(
    ({ type, values }) => type === MAPPING && values.project === target.project,
  );
  for (const mapping of mappings.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const spec = new Fields(mapping.values).block('spec');
    const route = spec?.text('route_name');
    const service = services.find(
      ({ name, found: [{ values }] }) => name === route && values.location === mapping.values.location,
    );
    if (spec === undefined || service === undefined) {
      leftOut.push({
        about: mapping.source,
        text: `leads to '${route}', which is no service of this file in the mapping's region`,
      });
      continue;
    }
    service.props.domains = [...(service.props.domains ?? []), mappedDomain(mapping, spec, inventory)];
  }
}

function mappedDomain({ values }: Found, spec: Fields, inventory: Inventory): string | MappedDomain {
  const name = String(values.name);
  const certificate = spec.text('certificate_mode') === 'NONE' ? ('none' as const) : undefined;
  const domain = without({ name, certificate, dnsZone: zoneOf(name, inventory) });
  return Object.keys(domain).length === 1 ? name : domain;
}

/** The zone that has all records of the domain; undefined if several zones have them, since the reason is not known. */
function zoneOf(domain: string, { resources }: Inventory): string | undefined {
  const records = resources.filter(
    ({ type, values }) => type === 'google_dns_record_set' && values.name === `${domain}.`,
  );
  const zones = new Set(records.map(({ values }) => String(values.managed_zone)));
  return zones.size === 1 ? [...zones][0] : undefined;
}
