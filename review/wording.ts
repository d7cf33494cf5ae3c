import { block, blocks, type Change, known, type Resource, shown, type Value, type Values } from '../exposure';

/** How many names a sentence lists before it counts the rest. */
const MOST_NAMES = 5;

/** A list in a sentence: "a, b and c", or "a, b, c, d, e and 7 more". */
export function series(names: readonly string[], most = MOST_NAMES): string {
  const unique = [...new Set(names)];
  if (unique.length > most) {
    return `${unique.slice(0, most).join(', ')} and ${(unique.length - most).toLocaleString('en-US')} more`;
  }
  if (unique.length < 2) return unique.join('');
  return `${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
}

/** The value of an argument at a path, such as `template.scaling.max_instance_count`; of a repeated block, the first is read. */
export function argument(values: Values | undefined, path: string): Value {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  return steps.reduce<Values>((inner, step) => block(inner[step]), values ?? {})[last];
}

/** A scalar before and after, as in "europe-west1 → us-central1". */
export function fromTo(before: Value, after: Value): string {
  return `${shown(before) || 'none'} → ${shown(after) || 'none'}`;
}

/** Whether Terraform destroys a resource and creates it anew, in either order. */
export function isReplaced({ actions }: Change): boolean {
  return actions.includes('create') && actions.includes('delete');
}

/** Whether Terraform destroys a resource for good. */
export function isDestroyed({ actions }: Change): boolean {
  return actions.includes('delete') && !actions.includes('create');
}

/** Why a resource is replaced: the arguments that force it with their values, or the reason that Terraform gives. */
export function replacementReason(change: Change): string {
  if (change.reason === 'replace_because_tainted') return 'it is tainted: an earlier apply failed';
  if (change.reason === 'replace_by_request') return 'it was requested with -replace';
  if (change.reason === 'replace_by_triggers') return 'something in its replace_triggered_by changes';
  const reasons = withoutComputed(change.replacePaths).map((path) => {
    const before = argument(change.before?.values, path);
    const after = argument(change.after?.values, path);
    const scalar = known(before) !== undefined || known(after) !== undefined;
    return scalar ? `${path} changes (${fromTo(before, after)})` : `${path} changes`;
  });
  return reasons.length === 0 ? 'the provider requires it' : series(reasons);
}

/** What happens to a resource that does not stay: `is destroyed`, or `is replaced because …`. */
export function destructionOf(change: Change): string {
  return isDestroyed(change) ? 'is destroyed' : `is replaced because ${replacementReason(change)}`;
}

/** Arguments that the provider or the API computes: they change with other arguments, or without any. */
const COMPUTED: ReadonlySet<string> = new Set([
  ...['effective_annotations', 'effective_labels', 'terraform_labels', 'etag', 'generation', 'observed_generation'],
  ...['latest_created_revision', 'latest_ready_revision', 'update_time', 'last_modifier', 'creation_timestamp'],
  ...['conditions', 'terminal_condition', 'traffic_statuses', 'status', 'state', 'provisioning_issue', 'uri', 'urls'],
  ...['certificate_id', 'expire_time', 'subject_alternative_names', 'fingerprint', 'self_link', 'proxy_id', 'map_id'],
  // These exist in Terraform only; a newer provider fills them in.
  ...['deletion_policy', 'label_fingerprint'],
]);

/** Arguments without the computed ones, which only follow a change of another argument. */
export function withoutComputed(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !path.split('.').some((step) => COMPUTED.has(step)));
}

/** The name of a resource in Google Cloud. */
export function nameOf(resource: Resource | undefined): string {
  return shown(resource?.values.name) || (resource?.address ?? '');
}

/** The blocks of a repeated argument, by a key that differs between them. */
export function blocksBy(value: Value, key: (values: Values) => string): ReadonlyMap<string, Values> {
  return new Map(blocks(value).map((values) => [key(values), values]));
}
