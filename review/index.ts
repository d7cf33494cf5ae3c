export { type Finding, isAtLeast, SEVERITIES, type Severity } from './finding';
export { reviewJson } from './render/json';
export { reviewMarkdown } from './render/markdown';
export { reviewSarif } from './render/sarif';
export { reviewText } from './render/text';
export { type PlanReview, reviewPlan } from './review';
export { ruleIds } from './rules';
export type { AcceptedNote } from './summary';
