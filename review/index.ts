export { type Finding, isAtLeast, SEVERITIES, type Severity } from './finding';
export { reviewJson } from './json';
export { reviewMarkdown } from './markdown';
export { type PlanReview, reviewPlan } from './review';
export { reviewSarif } from './sarif';
export { reviewText } from './text';
