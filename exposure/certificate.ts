import type { Inventory, Resource } from '../terraform-json/resource';
import { block, known, list, type Value } from '../terraform-json/value';

/** The host names on the certificates of an HTTPS proxy, as far as Terraform knows them; sorted. */
export function certificateHosts(proxy: Resource, inventory: Inventory): readonly string[] {
  const { values } = proxy;
  const classic = list(values.ssl_certificates).flatMap((certificate) =>
    inventory.named(certificate, 'google_compute_managed_ssl_certificate'),
  );
  const direct = list(values.certificate_manager_certificates).flatMap((certificate) =>
    inventory.named(certificate, 'google_certificate_manager_certificate'),
  );
  const names = [...classic, ...direct].flatMap((certificate) => list(block(certificate.values.managed).domains));
  return [
    ...new Set([...names.flatMap((name) => known(name) ?? []), ...mappedHosts(values.certificate_map, inventory)]),
  ].sort();
}

/** The names in a certificate map: of its entries, or of the certificate of its primary entry. */
function mappedHosts(certificateMap: Value, inventory: Inventory): readonly string[] {
  const maps = inventory.named(certificateMap, 'google_certificate_manager_certificate_map');
  return inventory
    .ofType('google_certificate_manager_certificate_map_entry')
    .filter((entry) =>
      inventory.named(entry.values.map, 'google_certificate_manager_certificate_map').some((m) => maps.includes(m)),
    )
    .flatMap((entry) => known(entry.values.hostname) ?? primaryHosts(entry, inventory));
}

function primaryHosts(entry: Resource, inventory: Inventory): readonly string[] {
  const certificates = list(entry.values.certificates).flatMap((certificate) =>
    inventory.named(certificate, 'google_certificate_manager_certificate'),
  );
  return certificates.flatMap(({ values }) => list(block(values.managed).domains).flatMap((name) => known(name) ?? []));
}
