import type { CloudRunServiceProps } from '../../constructs';
import { describeWithTerraform, settingsOf, useWorkspace } from '../emulator/harness';
import { servicesOf } from './configuration';

type Services = Record<string, Partial<CloudRunServiceProps<string>>>;

const NUMBER = { projectNumber: '123456789012' };
const INVOKER = 'roles/run.invoker';
const POLICY = 'projects/acme-prod/locations/europe-west1/services/worker';
const MEMBER = 'google_cloud_run_v2_service_iam_member.worker_invoker_serviceaccount';
const ACCOUNT = 'acme-prod_iam_gserviceaccount_com';

const ALL_FOUR: Partial<CloudRunServiceProps<string>> = {
  ingress: 'internal',
  schedules: { nightly: { schedule: '0 3 * * *' } },
  taskQueues: { mail: { enqueuers: ['web'] } },
  subscriptions: { orders: { topic: 'orders', deadLetterTopic: 'orders-dead', publishers: ['web'] } },
  events: { upload: { eventFilters: { type: 'google.cloud.storage.object.v1.finalized', bucket: 'acme-uploads' } } },
};

describeWithTerraform('a caller that comes or goes', () => {
  const used = useWorkspace();

  /** The plan of a change, which is then applied; afterwards the plan is empty. */
  async function change(before: Services, after: Services, environment: object = NUMBER) {
    const workspace = used.current;
    await workspace.write(servicesOf(before, environment)).apply();
    const { actions } = await workspace.write(servicesOf(after, environment)).plan();
    await workspace.applyPlan();
    expect(await workspace.isUpToDate()).toBe(true);
    return actions;
  }

  test('one of four is removed with its own resources', async () => {
    const { schedules: _, ...three } = ALL_FOUR;
    expect(await change({ web: {}, worker: ALL_FOUR }, { web: {}, worker: three })).toEqual({
      [`${MEMBER}_worker-nightly-5da9ef_at_${ACCOUNT}`]: 'delete',
      'google_cloud_scheduler_job.worker_nightly': 'delete',
      'google_service_account.worker_schedule_nightly': 'delete',
    });
  });

  test('a subscription is removed with its account and topics, and its publisher loses a variable', async () => {
    const { subscriptions: _, ...three } = ALL_FOUR;
    expect(await change({ web: {}, worker: ALL_FOUR }, { web: {}, worker: three })).toEqual({
      [`${MEMBER}_worker-orders-c3ec5a_at_${ACCOUNT}`]: 'delete',
      'google_cloud_run_v2_service.web': 'update',
      'google_pubsub_subscription.worker_orders': 'delete',
      'google_pubsub_subscription_iam_member.worker_orders_dead_letter': 'delete',
      'google_pubsub_topic.orders': 'delete',
      'google_pubsub_topic.orders-dead': 'delete',
      'google_pubsub_topic_iam_member.orders-dead_publisher_serviceaccount_service-123456789012_at_gcp-sa-pubsub_iam_gserviceaccount_com':
        'delete',
      [`google_pubsub_topic_iam_member.orders_publisher_serviceaccount_web-4b5e57_at_${ACCOUNT}`]: 'delete',
      'google_service_account.worker_subscription_orders': 'delete',
      'google_service_account_iam_member.worker_subscription_orders_token_creator': 'delete',
    });
  });

  test('a second queue does not change the service and the first queue', async () => {
    const worker = { taskQueues: { mail: {} } };
    expect(await change({ worker }, { worker: { taskQueues: { mail: {}, sms: {} } } })).toEqual({
      [`${MEMBER}_worker-sms-94d9d0_at_${ACCOUNT}`]: 'create',
      'google_cloud_tasks_queue.worker_sms': 'create',
      'google_service_account.worker_queue_sms': 'create',
    });
  });

  test('a new call changes only the environment of the caller', async () => {
    expect(
      await change({ web: {}, api: {}, worker: {} }, { web: { calls: ['worker'] }, api: {}, worker: {} }, {}),
    ).toEqual({
      [`${MEMBER}_web-4b5e57_at_${ACCOUNT}`]: 'create',
      'google_cloud_run_v2_service.web': 'update',
    });
    const { template } = (await used.current.state('google_cloud_run_v2_service.web')) as {
      template: { containers: { env: { name: string; value: string }[] }[] }[];
    };
    const { uri } = await used.current.state('google_cloud_run_v2_service.worker');
    expect(template[0]?.containers[0]?.env).toMatchObject([{ name: 'WORKER_URL', value: uri }]);
  });

  test('with an authoritative policy a caller is added and removed as a member', async () => {
    const worker: Services['worker'] = {
      invokerPolicy: 'authoritative',
      schedules: { nightly: { schedule: '0 3 * * *' } },
    };
    const actions = await change({ web: { calls: ['worker'] }, worker }, { web: {}, worker });
    expect(actions).toEqual({
      'google_cloud_run_v2_service.web': 'update',
      'google_cloud_run_v2_service_iam_binding.worker_invokers': 'update',
    });
    const [job, ...others] = used.current.cloud.policy(POLICY)[INVOKER] ?? [];
    expect([job, others]).toEqual(['serviceAccount:worker-nightly-5da9ef@acme-prod.iam.gserviceaccount.com', []]);
  });

  test('services that call each other are created and destroyed', async () => {
    const services = { a: { calls: ['b'] }, b: { calls: ['c'] }, c: { calls: ['a'] } };
    await used.current.write(servicesOf(services, NUMBER)).apply();
    expect(await used.current.isUpToDate()).toBe(true);
    await used.current.destroy();
    expect(used.current.cloud.data.iam).toEqual({});
  });

  test('another filter replaces the subscription, and its grants with it', async () => {
    const subscription = { topic: 'orders', deadLetterTopic: 'dead' };
    const filtered = { ...subscription, messageFilter: 'attributes.kind = "paid"' };
    const worker = (orders: typeof subscription) => ({ worker: { subscriptions: { orders } } });
    expect(await change(worker(subscription), worker(filtered))).toEqual({
      'google_pubsub_subscription.worker_orders': 'delete+create',
      'google_pubsub_subscription_iam_member.worker_orders_dead_letter': 'delete+create',
    });
  });
});

/** Settings that differ from their defaults, are stored in the cloud, and have a default. */
const SET: Partial<CloudRunServiceProps<string>> = {
  schedules: {
    x: {
      schedule: '0 3 * * *',
      timeZone: 'Europe/Berlin',
      path: '/x',
      httpMethod: 'PUT',
      messageBody: 'x',
      headers: { 'X-Kind': 'x' },
      attemptDeadline: '10m',
      maxRetryAttempts: 3,
      maxRetryDuration: '1h',
      minBackoff: '10s',
      maxBackoff: '30m',
      maxDoublings: 2,
      paused: true,
      description: 'x',
    },
  },
  taskQueues: {
    x: {
      path: '/x?y=z',
      httpMethod: 'PUT',
      maxDispatchesPerSecond: 5,
      maxConcurrentDispatches: 5,
      maxAttempts: 5,
      maxRetryDuration: '1h',
      minBackoff: '1s',
      maxBackoff: '30m',
      maxDoublings: 2,
      logSamplingRatio: 0.5,
    },
  },
  subscriptions: {
    orders: {
      topic: 'orders',
      path: '/x',
      ackDeadline: '60s',
      deadLetterTopic: 'dead',
      maxDeliveryAttempts: 9,
      minRetryDelay: '20s',
      maxRetryDelay: '5m',
      expirationPeriod: '90d',
      messageRetentionDuration: '3d',
      retainAckedMessages: true,
      pushNoWrapper: true,
    },
  },
  events: {
    x: {
      eventFilters: { type: 'google.cloud.storage.object.v1.finalized', bucket: 'acme-uploads' },
      path: '/x',
      eventDataContentType: 'application/protobuf',
    },
  },
};
const UNSET: Partial<CloudRunServiceProps<string>> = {
  schedules: { x: { schedule: '0 3 * * *' } },
  taskQueues: { x: {} },
  subscriptions: { orders: { topic: 'orders' } },
  events: { x: { eventFilters: { type: 'google.cloud.storage.object.v1.finalized', bucket: 'acme-uploads' } } },
};

describeWithTerraform('the file decides every setting of callers', () => {
  const changed = useWorkspace();
  const untouched = useWorkspace();

  test('a removed setting gets its default back', async () => {
    await untouched.current.write(servicesOf({ worker: UNSET }, NUMBER)).apply();
    await changed.current.write(servicesOf({ worker: SET }, NUMBER)).apply();
    await changed.current.write(servicesOf({ worker: UNSET }, NUMBER)).apply();
    expect(await changed.current.isUpToDate()).toBe(true);
    expect(settingsOf(changed.current.cloud)).toEqual(settingsOf(untouched.current.cloud));
  });
});
