import type { PlanRules, ProviderSettings } from './behaviour';
import { isObject, isZero, type ObjectValue, objectsIn, sameValue, UNKNOWN, type Value } from './protocol/values';

type Labels = { [key: string]: Value };

const ATTRIBUTION = { key: 'goog-terraform-provisioned', value: 'true' };

/**
 * `SetLabelsDiff` and `SetAnnotationsDiff` of the real provider. `terraform_labels` are the labels of the configuration and the
 * provider's defaults. `effective_labels` are these and the labels that others set.
 */
export function planLabels(
  rules: PlanRules,
  planned: ObjectValue,
  prior: ObjectValue | null,
  provider: ProviderSettings,
): void {
  if (rules.labels === undefined) return;
  const holder = rules.labels === 'top' ? planned : objectsIn(planned.metadata)[0];
  const before = rules.labels === 'top' ? prior : objectsIn(prior?.metadata)[0];
  if (holder === undefined) return;
  if (rules.labels === 'metadata') writeBack(holder);
  planManaged(holder, before ?? null, provider, prior === null, rules.attributionLabel !== false);
  planAnnotations(holder, before ?? null);
}

/** SetMetadataLabelsDiff writes the whole block. An unknown namespace or number becomes a zero value. */
function writeBack(metadata: ObjectValue): void {
  if (metadata.namespace === UNKNOWN) metadata.namespace = '';
  if (metadata.generation === UNKNOWN) metadata.generation = 0;
}

function planManaged(
  holder: ObjectValue,
  before: ObjectValue | null,
  provider: ProviderSettings,
  creating: boolean,
  attributed: boolean,
): void {
  if (!('terraform_labels' in holder)) return;
  if (holder.labels === UNKNOWN) {
    holder.terraform_labels = UNKNOWN;
    holder.effective_labels = UNKNOWN;
    return;
  }
  const old = labelsOf(before?.terraform_labels);
  const managed: Labels = { ...provider.defaultLabels, ...labelsOf(holder.labels) };
  // The default strategy is CREATION_ONLY: an object that was created without the label never gets it.
  const carriesLabel = creating || ATTRIBUTION.key in labelsOf(before?.effective_labels);
  if (attributed && provider.attributionLabel && carriesLabel) managed[ATTRIBUTION.key] ??= ATTRIBUTION.value;
  set(holder, 'terraform_labels', managed, before);
  set(holder, 'effective_labels', effective(before?.effective_labels, old, managed), before);
}

function planAnnotations(holder: ObjectValue, before: ObjectValue | null): void {
  if (!('effective_annotations' in holder)) return;
  if (holder.annotations === UNKNOWN) {
    holder.effective_annotations = UNKNOWN;
    return;
  }
  const wanted = labelsOf(holder.annotations);
  const all = effective(before?.effective_annotations, labelsOf(before?.annotations), wanted);
  set(holder, 'effective_annotations', all, before);
}

/** Null and an empty map are no change. On creation they make the value unknown. */
function set(holder: ObjectValue, name: string, labels: Labels, before: ObjectValue | null): void {
  if (before === null) holder[name] = isZero(labels) ? UNKNOWN : labels;
  else holder[name] = sameValue(before[name], labels) ? (before[name] ?? null) : labels;
}

function effective(current: Value, managedBefore: Labels, managed: Labels): Labels {
  const others = Object.entries(labelsOf(current)).filter(([key]) => !(key in managedBefore));
  return { ...Object.fromEntries(others), ...managed };
}

function labelsOf(value: Value): Labels {
  return isObject(value) ? value : {};
}

const MANAGED = [
  ['labels', 'effective_labels'],
  ['terraform_labels', 'effective_labels'],
  ['annotations', 'effective_annotations'],
] as const;

/** The API returns only the effective labels. After a read, `labels` has those of them that the state had in `labels`. */
export function readLabels(rules: PlanRules, state: ObjectValue, before: ObjectValue | undefined): void {
  if (rules.labels === undefined) return;
  const holder = rules.labels === 'top' ? state : objectsIn(state.metadata)[0];
  const old = rules.labels === 'top' ? before : objectsIn(before?.metadata)[0];
  if (holder === undefined) return;
  for (const [name, all] of MANAGED) {
    if (!(name in holder)) continue;
    const had = labelsOf(old?.[name]);
    const kept = Object.entries(labelsOf(holder[all])).filter(([key]) => key in had);
    holder[name] = Object.fromEntries(kept);
  }
}

/** Removes the labels of a planned object that the provider does not send to the API. */
export function withoutManagedLabels(rules: PlanRules, object: ObjectValue): void {
  const holder = rules.labels === 'metadata' ? objectsIn(object.metadata)[0] : object;
  if (rules.labels === undefined || holder === undefined) return;
  for (const [name] of MANAGED) delete holder[name];
}
