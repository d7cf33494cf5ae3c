import { EVENT_TRIGGER, type EventTrigger } from '../connections/event-trigger';
import { AUDIT_EVENT, isStorageEvent, PUBSUB_EVENT } from '../connections/event-type';
import { isProjectId, isRegion } from '../core/forms';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { below } from './triggers';

const CHANNEL = /^projects\/([^/]+)\/locations\/([^/]+)\/channels\/[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const NUMBER = 'projectNumber: "123456789012"';

/** Eventarc triggers. */
export const eventChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'event-filters',
    severity: 'error',
    summary:
      'Events need a filter by `type`. Events of audit logs also need `serviceName` and `methodName`, and events of Cloud Storage a `bucket` (gcloud `eventarc triggers create --event-filters`).',
    example: exampleFile(
      'worker: {events: {upload: {eventFilters: {type: google.cloud.storage.object.v1.finalized}}}}',
      NUMBER,
    ),
    *find(service) {
      for (const { props, origin } of eventsOf(service)) {
        const { type } = props.eventFilters;
        const needed = [
          'type',
          ...(type === AUDIT_EVENT ? ['serviceName', 'methodName'] : []),
          ...(isStorageEvent(type) ? ['bucket'] : []),
        ];
        for (const filter of needed) {
          if (Object.hasOwn(props.eventFilters, filter)) continue;
          const message = `the events ${type === undefined ? '' : `of type '${type}' `}need a filter by '${filter}'`;
          yield { ...below(origin, 'eventFilters'), message, remedy: `write ${filter} in eventFilters` };
        }
      }
    },
  },
  {
    code: 'event-attribute',
    severity: 'error',
    summary:
      'An attribute consists of letters and digits. It is filtered by a value or by a pattern, not by both (Eventarc API, EventFilter).',
    example: exampleFile(
      'worker: {events: {upload: {eventFilters: {type: google.cloud.storage.object.v1.finalized, bucket: acme-uploads}, eventFiltersPathPattern: {bucket: acme-*}}}}',
      NUMBER,
    ),
    *find(service) {
      for (const { props, origin } of eventsOf(service)) {
        for (const key of ['eventFilters', 'eventFiltersPathPattern'] as const) {
          for (const [attribute] of sortedEntries(props[key])) {
            const isTwice = key === 'eventFiltersPathPattern' && Object.hasOwn(props.eventFilters, attribute);
            const place = below(below(origin, key), attribute);
            if (!/^[A-Za-z][A-Za-z0-9]*$/.test(attribute)) {
              yield { ...place, message: `'${attribute}' is not an attribute`, remedy: 'use letters and digits' };
            } else if (isTwice) {
              yield {
                ...place,
                message: `'${attribute}' is in eventFilters already`,
                remedy: 'write it in one of them',
              };
            }
          }
        }
      }
    },
  },
  {
    code: 'event-channel',
    severity: 'error',
    summary: "A channel is named by its full name, and is in the trigger's location (Eventarc API, Trigger.channel).",
    example: exampleFile('worker: {events: {paid: {eventFilters: {type: acme.paid}, channel: acme-channel}}}', NUMBER),
    *find(service) {
      for (const { props, location, origin } of eventsOf(service)) {
        const { channel } = props;
        if (channel === undefined || isToken(channel) || isToken(location)) continue;
        const [, project = '', region] = CHANNEL.exec(channel) ?? [];
        if (isProjectId(project) && region === location) continue;
        const message = isProjectId(project)
          ? `the channel is in '${region}', the trigger in '${location}'`
          : `'${channel}' is not a channel`;
        yield { ...below(origin, 'channel'), message, remedy: `write projects/P/locations/${location}/channels/C` };
      }
    },
  },
  {
    code: 'event-type',
    severity: 'warning',
    summary:
      'The types of Google\'s events begin with `google.`; events of another provider need a channel (Eventarc, "Event providers and destinations").',
    example: exampleFile(
      'worker: {events: {upload: {eventFilters: {type: storage.object.finalized, bucket: acme-uploads}}}}',
      NUMBER,
    ),
    *find(service) {
      for (const { props, origin } of eventsOf(service)) {
        const { type } = props.eventFilters;
        if (type === undefined || isToken(type) || props.channel !== undefined || type.startsWith('google.')) continue;
        yield {
          ...below(below(origin, 'eventFilters'), 'type'),
          message: `'${type}' is not one of Google's types, and no channel is named`,
          remedy: "write a type such as 'google.cloud.storage.object.v1.finalized', or a channel",
        };
      }
    },
  },
  {
    code: 'event-transport',
    severity: 'error',
    summary: `A topic is only for events of the type \`${PUBSUB_EVENT}\` (gcloud \`--transport-topic\`).`,
    example: exampleFile(
      'worker: {events: {upload: {eventFilters: {type: google.cloud.storage.object.v1.finalized, bucket: acme-uploads}, transportTopic: uploads}}}',
      NUMBER,
    ),
    *find(service) {
      for (const { props, origin } of eventsOf(service)) {
        if (props.transportTopic === undefined || props.eventFilters.type === PUBSUB_EVENT) continue;
        const message = `events of type '${props.eventFilters.type}' cannot use a topic of yours`;
        const remedy = `remove transportTopic, or write 'type: ${PUBSUB_EVENT}'`;
        yield { ...below(origin, 'transportTopic'), message, remedy };
      }
    },
  },
  {
    code: 'event-location',
    severity: 'error',
    summary:
      'A trigger is in the location of its events: a region for a topic, a region or `global` for an audit log, otherwise the location of the source, such as `eu` for a bucket (Eventarc, "Understand Eventarc locations").',
    example: exampleFile(
      `worker: {events: {placed: {eventFilters: {type: ${PUBSUB_EVENT}}, location: global}}}`,
      NUMBER,
    ),
    *find(service) {
      for (const { location, props, origin } of eventsOf(service)) {
        if (isToken(location) || isRegion(location)) continue;
        const { type } = props.eventFilters;
        const isRefused =
          !/^[a-z0-9-]+$/.test(location) ||
          type === PUBSUB_EVENT ||
          (type === AUDIT_EVENT ? location !== 'global' : location === 'global');
        if (!isRefused) continue;
        const message = `events of type '${type}' do not come from '${location}'`;
        const remedy = type === AUDIT_EVENT ? "write a region, or 'global'" : "write a region such as 'europe-west1'";
        yield { ...below(origin, 'location'), message, remedy };
      }
    },
  },
];

function eventsOf({ triggers }: CloudRunService): EventTrigger[] {
  return triggers.filter((trigger): trigger is EventTrigger => trigger.kind === EVENT_TRIGGER);
}
