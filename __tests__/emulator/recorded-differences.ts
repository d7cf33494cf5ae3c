import type { RecordedChange, RecordedPlan, Recording, Values } from '../recordings/recordings';
import type { Emulated } from './recorded-plans';

/**
 * Values of the emulator that may differ from those of the real provider, by attribute, and why. What these values are made into elsewhere (a
 * service's URL in the job that calls it, an address in a record set) must then differ in the same way: `LEARNED`.
 */
const MAY_DIFFER: readonly (readonly [reason: string, ...attributes: string[]])[] = [
  ['times', '*.create_time', '*.update_time', '*.creation_timestamp', '*.creation_time'],
  ['times', 'google_cloud_run_v2_service.conditions.last_transition_time'],
  ['times', 'google_cloud_run_v2_service.terminal_condition.last_transition_time'],
  ['times', 'google_cloud_run_domain_mapping.metadata.effective_labels.run.googleapis.com/overrideAt'],
  ['hashes of the content', '*.fingerprint', '*.label_fingerprint'],
  ['hashes of the content', 'google_cloud_run_domain_mapping.metadata.resource_version'],
  // The real provider collects the grants of 3 s into one request: which of them has the last etag is a matter of time.
  ['hashes of the content', '*.etag'],
  ['ids that the API makes up', '*.uid', '*.unique_id', '*.generated_id', '*.map_id', '*.proxy_id', '*.certificate_id'],
  ['ids that the API makes up', '*.forwarding_rule_id', 'google_cloud_run_domain_mapping.metadata.uid'],
  ['revisions end in random letters', '*.latest_created_revision', '*.latest_ready_revision'],
  ['who runs Terraform', 'google_cloud_run_v2_service.creator', 'google_cloud_run_v2_service.last_modifier'],
  [
    'who runs Terraform',
    'google_cloud_run_domain_mapping.metadata.effective_annotations.serving.knative.dev/creator',
    'google_cloud_run_domain_mapping.metadata.effective_annotations.serving.knative.dev/lastModifier',
  ],
  [
    'a certificate is there minutes after its creation; the emulator has no clock',
    'google_certificate_manager_certificate.managed.authorization_attempt_info',
    'google_certificate_manager_certificate.managed.state',
    'google_compute_managed_ssl_certificate.expire_time',
    'google_compute_managed_ssl_certificate.subject_alternative_names',
    'google_cloud_run_domain_mapping.status.conditions.message',
    'google_cloud_run_domain_mapping.status.conditions.reason',
    'google_cloud_run_domain_mapping.status.conditions.status',
  ],
];

/** Values that the API makes up and that others are made from: each side's own, wherever it occurs. */
const LEARNED: readonly (readonly [reason: string, ...attributes: string[]])[] = [
  ['the URL has a hash of the project in it', 'google_cloud_run_v2_service.uri', 'google_cloud_run_v2_service.urls'],
  ['an address is given by the API', 'google_compute_global_address.address'],
  ['a token of the domain', 'google_certificate_manager_dns_authorization.dns_resource_record.data'],
  [
    'named after the uid of its trigger',
    'google_eventarc_trigger.transport.pubsub.topic',
    'google_eventarc_trigger.transport.pubsub.subscription',
  ],
];

const UNCOMPARED = new Set(MAY_DIFFER.flatMap(([, ...attributes]) => attributes));
const MADE_UP = new Set(LEARNED.flatMap(([, ...attributes]) => attributes));

/** Every difference between what was recorded of a stack and what the emulator makes of it, one a line. */
export function differences(recording: Recording, emulated: Emulated): string[] {
  const comparison = new Comparison();
  comparison.state(recording, emulated);
  comparison.plan('created', recording.created, emulated.created);
  comparison.plan('replan', recording.replan, emulated.replan);
  for (const [name, { plan }] of Object.entries(recording.changes)) {
    comparison.plan(name, plan, emulated.changes[name] as RecordedPlan);
  }
  return comparison.found;
}

class Comparison {
  readonly found: string[] = [];
  private readonly learned: [real: string, emulated: string][] = [];

  state(recording: Recording, { state }: Emulated): void {
    const real = recording.state.values.root_module.resources;
    this.values('state: addresses', '', real.map(({ address }) => address).sort(), Object.keys(state).sort());
    for (const { address, type, values } of real) this.learn(type, values, state[address]);
    for (const { address, type, values } of real) this.values(`state: ${address}`, type, values, state[address]);
  }

  plan(name: string, real: RecordedPlan, emulated: RecordedPlan): void {
    this.changes(`${name}:`, real.resource_changes, emulated.resource_changes);
    this.changes(`${name}, drift:`, telling(real.resource_drift ?? []), telling(emulated.resource_drift ?? []));
  }

  private changes(where: string, real: readonly RecordedChange[], emulated: readonly RecordedChange[]): void {
    const others = new Map(emulated.map((change) => [change.address, change]));
    this.values(`${where} addresses`, '', real.map(({ address }) => address).sort(), [...others.keys()].sort());
    for (const { address, type, action_reason, change } of real) {
      const other = others.get(address);
      if (other === undefined) continue;
      const at = `${where} ${address}`;
      this.values(`${at} action_reason`, '', action_reason, other.action_reason);
      this.values(`${at} actions`, '', change.actions, other.change.actions);
      this.values(`${at} replace_paths`, '', change.replace_paths, other.change.replace_paths);
      this.values(`${at} before`, type, change.before, other.change.before);
      this.values(`${at} after`, type, change.after, other.change.after);
      this.values(`${at} after_unknown`, type, change.after_unknown, other.change.after_unknown);
      this.values(`${at} before_sensitive`, type, change.before_sensitive, other.change.before_sensitive);
      this.values(`${at} after_sensitive`, type, change.after_sensitive, other.change.after_sensitive);
    }
  }

  private values(where: string, path: string, real: unknown, emulated: unknown): void {
    if (mayDiffer(path)) return;
    const [inside, other] = [members(real), members(emulated)];
    const alike = Array.isArray(real) === Array.isArray(emulated);
    if (inside === undefined || other === undefined || !alike || lengthsDiffer(real, emulated)) {
      if (!this.same(real, emulated)) this.found.push(`${where} ${path}: ${json(real)}, emulated ${json(emulated)}`);
      return;
    }
    for (const name of new Set([...Object.keys(inside), ...Object.keys(other)])) {
      this.values(where, step(path, real, name), inside[name], other[name]);
    }
  }

  private same(real: unknown, emulated: unknown): boolean {
    if (json(real) === json(emulated)) return true;
    if (typeof real !== 'string') return false;
    return this.learned.reduce((text, [from, to]) => text.replaceAll(from, to), real) === emulated;
  }

  private learn(path: string, real: unknown, emulated: unknown): void {
    if (typeof real === 'string' && typeof emulated === 'string') {
      const pair = [real, emulated].map((text) => text.replace(/^https:\/\//, '')) as [string, string];
      if (MADE_UP.has(path)) this.learned.push(pair);
      return;
    }
    const [inside, other] = [members(real), members(emulated)];
    for (const name of Object.keys(inside ?? {})) this.learn(step(path, real, name), inside?.[name], other?.[name]);
  }
}

/** The entries of a drift that say more than what may differ. */
function telling(drift: readonly RecordedChange[]): RecordedChange[] {
  return drift.filter(({ type, change }) => !equalBut(type, change.before, change.after));
}

function equalBut(path: string, before: unknown, after: unknown): boolean {
  if (mayDiffer(path)) return true;
  const [inside, other] = [members(before), members(after)];
  if (inside === undefined || other === undefined || lengthsDiffer(before, after)) return json(before) === json(after);
  const names = [...new Set([...Object.keys(inside), ...Object.keys(other)])];
  return names.every((name) => equalBut(step(path, before, name), inside[name], other[name]));
}

function mayDiffer(path: string): boolean {
  return UNCOMPARED.has(path) || UNCOMPARED.has(path.replace(/^[^.]+/, '*'));
}

function members(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null ? (value as Values) : undefined;
}

function lengthsDiffer(real: unknown, emulated: unknown): boolean {
  return Array.isArray(real) && Array.isArray(emulated) && real.length !== emulated.length;
}

/** Paths have no indexes. */
function step(path: string, holder: unknown, name: string): string {
  return Array.isArray(holder) ? path : `${path}.${name}`;
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
