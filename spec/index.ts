export { dnsSheet } from './dns-sheet';
export { formatProblem, hasErrors, type Problem } from './problem';
export { servicesSchema } from './schema';
export { type BuiltSpec, buildStacks } from './stacks';
export { summary } from './summary';
