import { createHash } from 'node:crypto';

/** The names that Google accepts for a part (API reference, `name`: RFC 1035). */
const NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const HASH_LENGTH = 8;

/**
 * Google's name of a part of a load balancer. It begins with the load balancer's name. If a load balancer has only one part of a
 * kind, the part has that name. Any other name ends with a hash of all inputs, so that two parts never have the same name and no name
 * is too long.
 * @param loadBalancer the load balancer's name
 * @param parts the purpose of the part, such as a service or a domain
 * @param fixed values that Google cannot change in place: they change the name, so that the new part can exist beside the old one
 */
export function partName(loadBalancer: string, parts: readonly string[] = [], fixed: readonly string[] = []): string {
  const text = [loadBalancer, ...parts].join('-');
  if (parts.length === 0 && fixed.length === 0 && NAME.test(text)) return text;
  const hash = createHash('sha256')
    .update(JSON.stringify([loadBalancer, parts, fixed]))
    .digest('hex');
  const readable = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  const cut = readable.slice(0, 63 - HASH_LENGTH - 1).replace(/-$/, '');
  return `${cut || 'lb'}-${hash.slice(0, HASH_LENGTH)}`;
}
