export { dnsSheet } from './build/dns-sheet';
export { addImports } from './build/imports';
export { type BuiltSpec, buildStacks, type StackSources } from './build/stacks';
export { summary } from './build/summary';
export { formatProblem, hasErrors, type Problem } from './load/problem';
export { servicesSchema } from './schema/schema';
