import { exposureOf, readTerraformJson } from '../../exposure';
import { reviewPlan } from '../../review';
import type { RecordedPlan, Recording } from '../recordings/recordings';
import type { Emulated } from './recorded-plans';

/** The results of `exposure` and `review` for a stack and every change of it. */
export interface Results {
  readonly [plan: string]: unknown;
}

/** The results for the real provider's plans. */
export function resultsOfRecording({ created, replan, changes }: Recording): Results {
  const changed = Object.entries(changes).map(([name, { plan }]) => [name, resultsOf(plan)]);
  return { created: resultsOf(created), replan: resultsOf(replan), ...Object.fromEntries(changed) };
}

/** The results for the emulator's plans. Other parts of a plan, such as the configuration, are those of the recording. */
export function resultsOfEmulated(recording: Recording, { created, replan, changes }: Emulated): Results {
  const { prior_state: _, ...frame } = recording.created;
  const whole = (emulated: RecordedPlan, from: RecordedPlan) => {
    const { prior_state: _prior, ...rest } = from;
    return resultsOf({ ...rest, resource_changes: emulated.resource_changes, resource_drift: emulated.resource_drift });
  };
  const changed = Object.entries(recording.changes).flatMap(([name, { plan }]) => {
    const emulated = changes[name];
    return emulated ? [[name, whole(emulated, plan)]] : [];
  });
  return {
    created: resultsOf({
      ...frame,
      resource_changes: created.resource_changes,
      resource_drift: created.resource_drift,
    }),
    replan: whole(replan, recording.replan),
    ...Object.fromEntries(changed),
  };
}

function resultsOf(json: RecordedPlan): unknown {
  const read = readTerraformJson(JSON.stringify(json));
  if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
  const { findings, differences } = reviewPlan('prod', 'prod.json', read.plan);
  const exposures = [exposureOf('prod', read.plan.before), exposureOf('prod', read.plan.after)];
  return inOneOrder(JSON.parse(withoutIds(JSON.stringify({ findings, differences, exposures }))));
}

/** Sorts lists of objects: entries of an exposure are sorted by URL, and a URL may contain an address from the API. */
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

/** The API and the emulator compute different hashes in URLs, and different addresses. */
function withoutIds(text: string): string {
  return text
    .replace(/(https:\/\/[a-z0-9-]+?)-(?:[a-z0-9]{10}|\d{9,})[-.][a-z0-9-]+?(?:\.a)?\.run\.app/g, '$1-ID.run.app')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, 'IPV4')
    .replace(/\[[0-9a-f:]+::[0-9a-f]*\]|\b[0-9a-f]+(?::[0-9a-f]*)+::?[0-9a-f]*/g, 'IPV6');
}
