export { dayOf, isDay } from './entry';
export { type Match, Matcher } from './match';
export { patternOf } from './pattern';
export { type Accepted, NOT_ACCEPTABLE, readAccepted } from './read';
export { withEntry } from './write';
