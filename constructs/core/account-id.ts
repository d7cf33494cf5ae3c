import { createHash } from 'node:crypto';

/** IAM API, `accountId`: characters. */
export const ACCOUNT_ID_LENGTH = { least: 6, most: 30 };
const HASH_LENGTH = 6;

/**
 * The id of a trigger's own account: as much of the two names as fits, and six hex digits of a hash of the service, kind and name.
 * The hash keeps it different from the account of every other trigger or service.
 */
export function triggerAccountIdOf(serviceName: string, kind: string, name: string): string {
  const readable = `${serviceName}-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return withHash(readable, `${serviceName}/${kind}/${name}`);
}

/**
 * The id of a service's own account: the service's name if IAM accepts its length. Otherwise as much of the name as
 * fits, and six hex digits of its hash, so that two names never share an account.
 */
export function accountIdOf(serviceName: string): string {
  const { length } = serviceName;
  const fits = length >= ACCOUNT_ID_LENGTH.least && length <= ACCOUNT_ID_LENGTH.most;
  return fits ? serviceName : withHash(serviceName, serviceName);
}

function withHash(readable: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
  return `${readable.slice(0, ACCOUNT_ID_LENGTH.most - HASH_LENGTH - 1).replace(/-+$/, '')}-${hash}`;
}
