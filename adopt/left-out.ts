import type { Target } from './environment';
import type { Inventory, Remark } from './found';
import type { Outcome } from './imports';

const LOAD_BALANCER = /^google_(compute|certificate_manager)_/;

/** Resources and grants of the input that are not in the stack, without those that were reported already. */
export function withoutOther({ resources, grants }: Inventory, { taken }: Outcome, { project }: Target): Remark[] {
  const others = resources.filter(({ id, values }) => !taken.has(id.toLowerCase()) && values.project === project);
  const parts = others.filter(({ type }) => LOAD_BALANCER.test(type));
  const rest = others.filter(({ type }) => !LOAD_BALANCER.test(type) && !TOLD.includes(type));
  return [
    ...parts.map(({ source, type }) => ({
      about: source,
      text: `${type} is a part of a load balancer, which keeps its own names and so stays where it is; docs/load-balancer.md says how to move`,
    })),
    ...rest.map(({ source, type }) => ({
      about: source,
      text: `nothing in the file makes a ${type} of this name; it stays where it is`,
    })),
    ...grants
      .filter(
        ({ target, role, member }) =>
          ![`${target} ${role} ${member}`, `${target} ${role}`].some((id) => taken.has(id.toLowerCase())),
      )
      .filter(({ condition }) => condition === undefined)
      .map(({ source, role, member, target }) => ({
        about: source,
        text: `nothing in the file grants ${role} on ${target} to ${member}; the grant stays where it is`,
      })),
  ];
}

/** Types that are reported when they are read, if they cannot be adopted. */
const TOLD = [
  'google_cloud_scheduler_job',
  'google_cloud_tasks_queue',
  'google_pubsub_subscription',
  'google_eventarc_trigger',
];
