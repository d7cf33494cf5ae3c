import { exposureOf, readTerraformJson } from '../../exposure';
import { reviewPlan } from '../../review';
import type { RecordedPlan, Recording } from '../recordings/recordings';
import type { Emulated } from './recorded-plans';

/** What `exposure` and `review` say of a stack and of every change of it. */
export interface Said {
  readonly [plan: string]: unknown;
}

/** What they say of the real provider's plans. */
export function saidOfRecording({ created, replan, changes }: Recording): Said {
  const changed = Object.entries(changes).map(([name, { plan }]) => [name, saidOf(plan)]);
  return { created: saidOf(created), replan: saidOf(replan), ...Object.fromEntries(changed) };
}

/** What they say of the emulator's; what Terraform adds of its own, such as the configuration, is that of the recording. */
export function saidOfEmulated(recording: Recording, { created, replan, changes }: Emulated): Said {
  const { prior_state: _, ...frame } = recording.created;
  const whole = (emulated: RecordedPlan, from: RecordedPlan) => {
    const { prior_state: _prior, ...rest } = from;
    return saidOf({ ...rest, resource_changes: emulated.resource_changes, resource_drift: emulated.resource_drift });
  };
  const changed = Object.entries(recording.changes).flatMap(([name, { plan }]) => {
    const emulated = changes[name];
    return emulated ? [[name, whole(emulated, plan)]] : [];
  });
  return {
    created: saidOf({ ...frame, resource_changes: created.resource_changes, resource_drift: created.resource_drift }),
    replan: whole(replan, recording.replan),
    ...Object.fromEntries(changed),
  };
}

function saidOf(json: RecordedPlan): unknown {
  const read = readTerraformJson(JSON.stringify(json));
  if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
  const { findings, differences } = reviewPlan('prod', 'prod.json', read.plan);
  const exposures = [exposureOf('prod', read.plan.before), exposureOf('prod', read.plan.after)];
  return inOneOrder(JSON.parse(withoutIds(JSON.stringify({ findings, differences, exposures }))));
}

/** Lists of objects in an order that no address from the API decides: the entries of an exposure are sorted by URL. */
function inOneOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inOneOrder(each)]));
  const list = value.map(inOneOrder);
  if (list.some((each) => typeof each !== 'object')) return list;
  return list
    .map((each) => JSON.stringify(each))
    .sort()
    .map((text): unknown => JSON.parse(text));
}

/** Hashes in URLs and addresses that the API hands out differ by whom they come from. */
function withoutIds(text: string): string {
  return text
    .replace(/(https:\/\/[a-z0-9-]+?)-(?:[a-z0-9]{10}|\d{9,})[-.][a-z0-9-]+?(?:\.a)?\.run\.app/g, '$1-ID.run.app')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, 'IPV4')
    .replace(/\[[0-9a-f:]+::[0-9a-f]*\]|\b[0-9a-f]+(?::[0-9a-f]*)+::?[0-9a-f]*/g, 'IPV6');
}
