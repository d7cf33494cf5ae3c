import { createHash } from 'node:crypto';

/** What Google takes as the name of a part (API reference, `name`: RFC 1035). */
const NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const HASH_LENGTH = 8;

/**
 * Google's name of a part of a load balancer, which begins with the load balancer's name. A load balancer's only part of a
 * kind has that name; any other ends with a hash of everything it is named after, so that no two parts of two load
 * balancers share a name, and none is too long.
 * @param loadBalancer the load balancer's name
 * @param parts what the part is for, such as a service or a domain
 * @param fixed what Google can not change in place: with it the name changes, and the replacement can exist before what it replaces goes
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
