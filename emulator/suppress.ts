import { referencedId } from './identity';
import type { Value } from './protocol/values';

/** The provider's DiffSuppressFuncs: changes of spelling that are no changes. */
export type Suppress = (prior: Value, wanted: Value) => boolean;

/** `CompareSelfLinkRelativePaths`: a self link and an id of the same thing. */
export const sameReference: Suppress = (prior, wanted) => referencedId(prior) === referencedId(wanted);

/** `CompareSelfLinkOrResourceName`: a short name is the long name that ends in it. */
export const sameShortName: Suppress = (prior, wanted) => {
  const [long, short] = [referencedId(prior), referencedId(wanted)];
  return short.includes('/') ? long === short : lastPart(long) === short;
};

/** `CompareResourceNames`: only the last part counts. */
export const sameLastPart: Suppress = (prior, wanted) => lastPart(String(prior)) === lastPart(String(wanted));

export const sameDespiteCase: Suppress = (prior, wanted) =>
  String(prior).toLowerCase() === String(wanted).toLowerCase();

/** `DurationDiffSuppress`: `10s` and `10.000s`. */
export const sameDuration: Suppress = (prior, wanted) => seconds(prior) === seconds(wanted);

function seconds(duration: Value): number {
  return Number(String(duration).replace(/s$/, ''));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
