import type { Inventory, Resource } from '../terraform-json/resource';
import { known } from '../terraform-json/value';

const ADDRESSES = ['google_compute_global_address', 'google_compute_address'] as const;

/** The IP address of a forwarding rule, if Terraform knows it already. */
export function ipAddress(rule: Resource, inventory: Inventory): string | undefined {
  const literal = known(rule.values.ip_address);
  if (literal !== undefined && /^[\d.]+$|:/.test(literal) && !literal.includes('/')) return bracketed(literal);
  const [address] = inventory.named(rule.values.ip_address, ...ADDRESSES);
  const reserved = known(address?.values.address);
  return reserved && bracketed(reserved);
}

function bracketed(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}
