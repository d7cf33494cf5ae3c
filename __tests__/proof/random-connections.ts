import fc from 'fast-check';
import { amount, mostly, named, optional, text } from './random-values';

/** The triggers of a service. */

const backoff = amount('0.1s', '5s', '1m', '1h', '2h', 0);
const path = mostly(fc.constantFrom('/', '/x?y=z', '/a%20b'));
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE');

export const schedule = fc
  .tuple(
    mostly(
      fc.constantFrom(
        '0 3 * * *',
        'every 5 minutes',
        '1 of month 09:00',
        '31 of feb 09:00',
        'every 0 hours',
        '0 3 30 2 *',
      ),
    ),
    optional<object>({
      name: named(500),
      path,
      httpMethod: method,
      messageBody: text,
      headers: fc.dictionary(mostly(fc.constantFrom('X-Kind', 'Host', 'x-google-a', 'Content-Type')), text, {
        maxKeys: 2,
      }),
      attemptDeadline: amount(14, 15, '30m', '31m'),
      maxRetryAttempts: amount(0, 5, 6),
      minBackoff: backoff,
      maxBackoff: backoff,
      maxDoublings: amount(1, 5, 2 ** 31),
      description: text,
      timeZone: mostly(fc.constantFrom('Etc/UTC', 'Europe/Berlin', 'Europe/Berlim')),
    }),
  )
  .map(([when, rest]) => ({ schedule: when, ...rest }));

export const queue = optional<object>({
  name: named(100),
  path,
  httpMethod: method,
  maxDispatchesPerSecond: amount(0.5, 500, 501),
  maxConcurrentDispatches: amount(1, 5000, 5001),
  maxAttempts: amount(-1, 0, 1, 2 ** 31),
  minBackoff: backoff,
  maxBackoff: backoff,
  enqueuers: fc.constantFrom(['user:a@example.com'], ['web'], []),
});

const topic = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('orders', 'audit') },
  { weight: 3, arbitrary: named(255) },
  { weight: 1, arbitrary: fc.constant({ existing: 'projects/acme-billing/topics/orders' }) },
);
export const subscription = fc
  .tuple(
    topic,
    optional<object>({
      name: named(255),
      ackDeadline: amount(9, 10, 600, 601),
      deadLetterTopic: topic,
      minRetryDelay: amount(0, '10s', '10m', '11m'),
      maxRetryDelay: amount('10s', '10m'),
      messageRetentionDuration: amount('9m', '10m', '31d', '32d'),
      expirationPeriod: amount('1d', '90d', 'never'),
      messageFilter: mostly(fc.constantFrom('attributes.kind = "paid"', 'x'.repeat(256), 'x'.repeat(257))),
      path,
    }),
  )
  .map(([of, rest]) => ({ topic: of, ...rest }));

export const event = fc
  .tuple(
    fc.dictionary(mostly(fc.constantFrom('bucket', 'serviceName')), mostly(fc.constant('acme-uploads')), {
      maxKeys: 2,
    }),
    mostly(
      fc.constantFrom(
        'google.cloud.storage.object.v1.finalized',
        'google.cloud.pubsub.topic.v1.messagePublished',
        'acme.paid',
      ),
    ),
    optional<object>({
      name: named(63),
      channel: mostly(
        fc.constantFrom(
          'projects/acme-prod/locations/europe-west1/channels/paid',
          'projects/acme-prod/locations/us-central1/channels/paid',
        ),
      ),
      eventFiltersPathPattern: fc.constantFrom({ bucket: 'acme-*' }, { objectName: '/a/*' }, {}),
      location: mostly(fc.constantFrom('europe-west1', 'eu')),
    }),
  )
  .map(([filters, type, rest]) => ({ eventFilters: { ...filters, type }, ...rest }));
