import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** Every setting of triggers, with a value that is not the default. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    projectNumber: '123456789012',
    region: 'europe-west1',
  });
  new CloudRunService(prod, 'worker', {
    image: 'europe-docker.pkg.dev/acme/apps/worker:3.2.0',
    schedules: {
      weekly: {
        name: 'weekly-report',
        description: 'Sends the report of the week',
        schedule: '30 7 * * MON',
        timeZone: 'America/New_York',
        httpMethod: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        messageBody: '{"report":"week"}',
        attemptDeadline: '10m',
        maxRetryAttempts: 3,
        maxRetryDuration: '30m',
        minBackoff: '10s',
        maxBackoff: '20m',
        maxDoublings: 3,
        paused: true,
        location: 'europe-west3',
        serviceAccount: {
          name: 'reports',
          displayName: 'Reports',
        },
      },
    },
    taskQueues: {
      mail: {
        name: 'mail-2',
        region: 'europe-west1',
        httpMethod: 'PUT',
        maxDispatchesPerSecond: 5,
        maxConcurrentDispatches: 10,
        maxAttempts: 5,
        maxRetryDuration: '1h',
        minBackoff: '0.5s',
        maxBackoff: '5m',
        maxDoublings: 4,
        logSamplingRatio: 0.1,
        location: 'europe-west3',
        serviceAccount: 'mailer@acme-prod.iam.gserviceaccount.com',
        enqueuers: ['serviceAccount:batch@acme-prod.iam.gserviceaccount.com'],
      },
    },
    subscriptions: {
      payments: {
        name: 'payments-to-worker',
        region: 'europe-west1',
        serviceAccount: { name: 'reports', displayName: 'Reports' },
        topic: { existing: 'projects/acme-billing/topics/payments' },
        messageFilter: 'attributes.kind = "paid"',
        deadLetterTopic: 'payments-dead',
        maxDeliveryAttempts: 10,
        minRetryDelay: '30s',
        maxRetryDelay: '5m',
        expirationPeriod: '90d',
        messageRetentionDuration: '3d',
        retainAckedMessages: true,
        enableMessageOrdering: true,
        pushNoWrapper: true,
        pushNoWrapperWriteMetadata: true,
      },
    },
    events: {
      placed: {
        name: 'order-placed',
        region: 'europe-west1',
        serviceAccount: 'default',
        eventFilters: { type: 'google.cloud.pubsub.topic.v1.messagePublished' },
        transportTopic: 'orders',
        path: '/placed',
      },
      image: {
        eventFilters: {
          type: 'google.cloud.audit.log.v1.written',
          serviceName: 'storage.googleapis.com',
          methodName: 'storage.objects.create',
        },
        eventFiltersPathPattern: { resourceName: '/projects/_/buckets/acme-images/objects/*.png' },
        location: 'global',
      },
      document: {
        eventFilters: { type: 'google.cloud.firestore.document.v1.created', database: '(default)' },
        location: 'eur3',
        eventDataContentType: 'application/protobuf',
      },
      invoice: {
        eventFilters: { type: 'com.example.invoice.created' },
        channel: 'projects/acme-prod/locations/europe-west1/channels/invoices',
      },
    },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
