export { dayOf } from './entry';
export { Matcher } from './match';
export { type Accepted, readAccepted } from './read';
