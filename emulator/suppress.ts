import { referencedId } from './identity';
import type { Value } from './protocol/values';

/** The provider's DiffSuppressFuncs: differences in spelling only. */
export type Suppress = (prior: Value, wanted: Value) => boolean;

/** `CompareSelfLinkRelativePaths`: a self link and an id of the same resource. */
export const sameReference: Suppress = (prior, wanted) => referencedId(prior) === referencedId(wanted);

/** The same for lists: the provider compares element by element. */
export const sameReferences: Suppress = (prior, wanted) => {
  const [old, next] = [prior, wanted].map((list) => (Array.isArray(list) ? list : []));
  return old?.length === next?.length && !!old?.every((each, at) => sameReference(each, next?.[at]));
};

/** `CompareSelfLinkOrResourceName`: a short name is the long name that ends in it. */
export const sameShortName: Suppress = (prior, wanted) => {
  const [long, short] = [referencedId(prior), referencedId(wanted)];
  return short.includes('/') ? long === short : lastPart(long) === short;
};

/** `CompareResourceNames`: only the last part is compared. */
export const sameLastPart: Suppress = (prior, wanted) => lastPart(String(prior)) === lastPart(String(wanted));

export const sameDespiteCase: Suppress = (prior, wanted) =>
  String(prior).toLowerCase() === String(wanted).toLowerCase();

/** `DurationDiffSuppress`: `10s` and `10.000s`. */
export const sameDuration: Suppress = (prior, wanted) => seconds(prior) === seconds(wanted);

function seconds(duration: Value): number {
  return Number(String(duration).replace(/s$/, ''));
}

/** The text after the last slash. */
export function lastPart(reference: Value): string {
  const name = String(reference);
  return name.slice(name.lastIndexOf('/') + 1);
}
