import { createHash } from 'node:crypto';
import type { Finding } from './finding';

/** An id for a finding: it differs from that of every other finding, and a later run gives the same. */
export function fingerprint({ plan, rule, address, message }: Finding): string {
  return createHash('sha256').update(`${plan} ${rule} ${address} ${message}`).digest('hex');
}
