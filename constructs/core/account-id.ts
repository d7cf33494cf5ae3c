import { createHash } from 'node:crypto';

/**
 * The id of a trigger's own account: as much of the two names as fits and six digits of a hash of what it is, so that it never is the account
 * of another trigger or service.
 */
export function triggerAccountIdOf(serviceName: string, kind: string, name: string): string {
  const readable = `${serviceName}-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return withHash(readable, `${serviceName}/${kind}/${name}`);
}

/**
 * The id of a service's own account: the service's name where IAM takes it (6 to 30 characters), else as much of it as
 * fits and six digits of its hash, so that two names never share an account.
 */
export function accountIdOf(serviceName: string): string {
  if (serviceName.length >= 6 && serviceName.length <= 30) return serviceName;
  return withHash(serviceName, serviceName);
}

function withHash(readable: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 6);
  return `${readable.slice(0, 23).replace(/-+$/, '')}-${hash}`;
}
