import type { Inventory, Resource } from '../terraform-json/resource';
import { known, list, Unknown, type Value, within } from '../terraform-json/value';
import { moduleOf } from './services';

/** The host names on the certificates of a proxy, and the resources that hold them. */
export interface CertificateHosts {
  /** Host names, or `(known after apply)` for a name that is not known; sorted. */
  readonly hosts: readonly string[];
  /** Addresses of the certificates and of the entries of a certificate map. */
  readonly parts: readonly string[];
}

/** Host names and the resource that holds them. */
interface Named {
  readonly resource: Resource;
  readonly hosts: readonly string[];
}

/** The host names on the certificates of an HTTPS proxy. */
export function certificateHosts(proxy: Resource, inventory: Inventory): CertificateHosts {
  const { values } = proxy;
  const classic = certificates(proxy, values.ssl_certificates, 'google_compute_managed_ssl_certificate', inventory);
  const direct = certificates(proxy, values.certificate_manager_certificates, MANAGED, inventory);
  const all = [...classic, ...direct, ...mapped(values.certificate_map, inventory)];
  return {
    hosts: [...new Set(all.flatMap(({ hosts }) => hosts))].sort(),
    parts: [...new Set(all.map(({ resource }) => resource.address))].sort(),
  };
}

const MANAGED = 'google_certificate_manager_certificate';

function certificates(of: Resource, names: Value, type: string, inventory: Inventory): readonly Named[] {
  const found = list(names).flatMap((name) => {
    const named = inventory.named(name, type);
    return named.length > 0 ? named : inventory.ofType(type).filter((each) => mayBeMeant(each, name, of));
  });
  return found.map((resource) => ({ resource, hosts: hostsOf(list(within(resource.values.managed, 'domains'))) }));
}

/** Whether a certificate may be the one that is meant: for a lost reference, one of the same module; for a name, one without a known name. */
function mayBeMeant(certificate: Resource, name: Value, of: Resource): boolean {
  if (name instanceof Unknown) return moduleOf(certificate.address) === moduleOf(of.address);
  return certificate.values.name instanceof Unknown;
}

/** The host names in a certificate map: those of its entries, or those of the certificate of its primary entry. */
function mapped(certificateMap: Value, inventory: Inventory): readonly Named[] {
  const maps = inventory.named(certificateMap, 'google_certificate_manager_certificate_map');
  return inventory
    .ofType('google_certificate_manager_certificate_map_entry')
    .filter(({ values }) =>
      inventory.named(values.map, 'google_certificate_manager_certificate_map').some((map) => maps.includes(map)),
    )
    .flatMap((resource): readonly Named[] => {
      const host = known(resource.values.hostname);
      return host === undefined
        ? certificates(resource, resource.values.certificates, MANAGED, inventory)
        : [{ resource, hosts: [host] }];
    });
}

function hostsOf(names: readonly Value[]): readonly string[] {
  return names.flatMap((name) => (name instanceof Unknown ? name.text : (known(name) ?? [])));
}
