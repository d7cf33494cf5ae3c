import type { Check } from '../../constructs/checks/check';
import { loadBalancerChecks, serviceChecks, stackChecks } from '../../constructs/checks/index';
import { environmentsChecks } from './environments-checks';
import { fileChecks } from './file-checks';

/** The part of a check that the checks page shows. */
export type DescribedCheck = Pick<Check<never>, 'code' | 'severity' | 'summary' | 'example'>;

/** Every check, by code. */
export const allChecks: readonly DescribedCheck[] = [
  ...serviceChecks,
  ...loadBalancerChecks,
  ...stackChecks,
  ...fileChecks,
  ...environmentsChecks,
].sort((a, b) => (a.code < b.code ? -1 : 1));
