import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** An order system: a public page, a private API behind it, and an internal worker that Google's products call. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    projectNumber: '123456789012',
    region: 'europe-west1',
    enableApis: true,
  });
  const api = new CloudRunService(prod, 'api', {
    image: 'europe-docker.pkg.dev/acme/apps/api:2.0.1',
    ingress: 'internal',
  });
  const web = new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access: 'public',
    network: 'default',
    subnet: 'default',
    vpcEgress: 'all-traffic',
  });
  web.addCall(api);

  new CloudRunService(prod, 'worker', {
    image: 'europe-docker.pkg.dev/acme/apps/worker:3.2.0',
    ingress: 'internal',
    schedules: {
      nightly: {
        schedule: '0 3 * * *',
        timeZone: 'Europe/Berlin',
        path: '/nightly',
        messageBody: '{"full":true}',
      },
    },
    taskQueues: { mail: { path: '/send', maxDispatchesPerSecond: 50, enqueuers: [api] } },
    subscriptions: {
      orders: {
        topic: 'orders',
        path: '/orders',
        ackDeadline: '60s',
        deadLetterTopic: 'orders-dead',
        publishers: [web, { service: api, env: 'PLACED_ORDERS' }],
      },
    },
    events: {
      upload: {
        eventFilters: { type: 'google.cloud.storage.object.v1.finalized', bucket: 'acme-uploads' },
        path: '/upload',
      },
    },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
