import { createHash } from 'node:crypto';
import type { Finding } from './finding';

/** Tells a finding from all others, and is the same for the same finding of a later run. */
export function fingerprint({ plan, rule, address, message }: Finding): string {
  return createHash('sha256').update(`${plan} ${rule} ${address} ${message}`).digest('hex');
}
