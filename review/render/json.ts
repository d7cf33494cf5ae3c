import type { ExposureReport } from '../../exposure/index';
import type { Finding } from '../finding';
import type { PlanReview } from '../review';
import type { AcceptedNote } from '../summary';

/** The JSON of a review of one or more plans. */
export interface ReviewJson {
  readonly findings: readonly Finding[];
  readonly exposure: { readonly before: ExposureReport; readonly after: ExposureReport };
  /** What the plans do not show. */
  readonly notes: readonly { readonly plan: string; readonly note: string }[];
  /** Entries of accepted.yaml that should be changed. */
  readonly accepted: readonly AcceptedNote[];
}

/** The review as JSON; the exposures are in the form that `exposure.schema.json` describes. */
export function reviewJson(reviews: readonly PlanReview[], accepted: readonly AcceptedNote[] = []): string {
  const review: ReviewJson = {
    findings: reviews.flatMap(({ findings }) => findings),
    exposure: {
      before: { stacks: reviews.map(({ before }) => before) },
      after: { stacks: reviews.map(({ after }) => after) },
    },
    notes: reviews.flatMap(({ plan, notes }) => notes.map((note) => ({ plan, note }))),
    accepted,
  };
  return `${JSON.stringify(review, null, 2)}\n`;
}
