import { resourceTypes } from '../../emulator';
import { sameValue } from '../../emulator/protocol/values';
import { type Configuration, describeWithTerraform, useWorkspace } from './harness';
import { loadBalancer, member, service } from './stacks';

const PROJECT_POLICY = { role: 'roles/cloudsql.client', member: 'group:support@example.com' };
const EMPTY_LABELS = { labels: { team: 'edge' } };

/** One of everything. */
const EVERYTHING: Configuration = {
  data: {
    google_iam_policy: { readers: { binding: [{ role: 'roles/run.viewer', members: ['group:support@example.com'] }] } },
  },
  resource: {
    ...loadBalancer({ google_compute_backend_service: { iap: { enabled: true } } }).resource,
    google_cloud_run_v2_service: {
      api: service({ labels: { team: 'edge' } }, { service_account: '${google_service_account.api.email}' }),
      ruled: { ...service(), name: 'ruled' },
    },
    google_cloud_run_v2_service_iam_member: { ann: member('user:ann@example.com') },
    google_cloud_run_v2_service_iam_binding: {
      viewers: { ...member('', 'roles/run.viewer'), member: undefined, members: ['user:bob@example.com'] },
    },
    google_cloud_run_v2_service_iam_policy: {
      ruled: {
        name: '${google_cloud_run_v2_service.ruled.name}',
        location: 'europe-west1',
        policy_data: '${data.google_iam_policy.readers.policy_data}',
      },
    },
    google_cloud_run_service: {
      old: {
        name: 'old',
        location: 'europe-west1',
        template: { spec: { containers: [{ image: 'europe-docker.pkg.dev/acme/apps/old:1' }] } },
      },
      older: {
        name: 'older',
        location: 'europe-west1',
        template: { spec: { containers: [{ image: 'europe-docker.pkg.dev/acme/apps/old:1' }] } },
      },
    },
    google_cloud_run_service_iam_member: {
      ann: {
        service: '${google_cloud_run_service.old.name}',
        location: 'europe-west1',
        role: 'roles/run.invoker',
        member: 'user:ann@example.com',
      },
    },
    google_cloud_run_service_iam_binding: {
      viewers: {
        service: '${google_cloud_run_service.old.name}',
        location: 'europe-west1',
        role: 'roles/run.viewer',
        members: ['user:bob@example.com'],
      },
    },
    google_cloud_run_service_iam_policy: {
      older: {
        service: '${google_cloud_run_service.older.name}',
        location: 'europe-west1',
        policy_data: '${data.google_iam_policy.readers.policy_data}',
      },
    },
    google_cloud_run_domain_mapping: {
      www: {
        name: 'www.example.com',
        location: 'europe-west1',
        metadata: { namespace: 'acme-prod' },
        spec: { route_name: '${google_cloud_run_v2_service.api.name}' },
      },
    },
    google_service_account: { api: { account_id: 'api-account' } },
    google_service_account_iam_member: {
      user: {
        service_account_id: '${google_service_account.api.name}',
        role: 'roles/iam.serviceAccountUser',
        member: 'user:ann@example.com',
      },
    },
    google_project_iam_member: { sql: { project: 'acme-prod', ...PROJECT_POLICY } },
    google_project_service: { run: { service: 'run.googleapis.com' } },
    google_secret_manager_secret: {
      password: { secret_id: 'db-password', replication: { auto: {} }, ...EMPTY_LABELS },
    },
    google_secret_manager_secret_iam_member: {
      api: {
        secret_id: '${google_secret_manager_secret.password.secret_id}',
        role: 'roles/secretmanager.secretAccessor',
        member: '${google_service_account.api.member}',
      },
    },
    google_storage_bucket_iam_member: {
      api: { bucket: 'acme-files', role: 'roles/storage.objectUser', member: '${google_service_account.api.member}' },
    },
    google_dns_managed_zone: { zone: { name: 'example', dns_name: 'example.com.' } },
    google_dns_record_set: {
      www: {
        managed_zone: '${google_dns_managed_zone.zone.name}',
        name: 'www.example.com.',
        type: 'A',
        ttl: 300,
        rrdatas: ['${google_compute_global_address.edge.address}'],
      },
    },
    google_compute_target_http_proxy: { http: { name: 'http', url_map: '${google_compute_url_map.edge.id}' } },
    google_compute_ssl_policy: { edge: { name: 'edge', profile: 'MODERN', min_tls_version: 'TLS_1_2' } },
    google_certificate_manager_dns_authorization: { www: { name: 'www', domain: 'www.example.com' } },
    google_certificate_manager_certificate: {
      www: {
        name: 'www',
        managed: {
          domains: ['www.example.com'],
          dns_authorizations: ['${google_certificate_manager_dns_authorization.www.id}'],
        },
      },
    },
    google_certificate_manager_certificate_map: { edge: { name: 'edge' } },
    google_certificate_manager_certificate_map_entry: {
      www: {
        name: 'www',
        map: '${google_certificate_manager_certificate_map.edge.name}',
        certificates: ['${google_certificate_manager_certificate.www.id}'],
        hostname: 'www.example.com',
      },
    },
    google_iap_web_backend_service_iam_member: {
      ann: {
        web_backend_service: '${google_compute_backend_service.edge.name}',
        role: 'roles/iap.httpsResourceAccessor',
        member: 'user:ann@example.com',
      },
    },
    google_iap_web_cloud_run_service_iam_member: {
      ann: {
        cloud_run_service_name: '${google_cloud_run_v2_service.api.name}',
        location: 'europe-west1',
        role: 'roles/iap.httpsResourceAccessor',
        member: 'user:ann@example.com',
      },
    },
    google_cloud_scheduler_job: {
      nightly: {
        name: 'nightly',
        region: 'europe-west1',
        schedule: '0 3 * * *',
        http_target: {
          uri: '${google_cloud_run_v2_service.api.uri}/nightly',
          http_method: 'POST',
          oidc_token: { service_account_email: '${google_service_account.api.email}' },
        },
      },
    },
    google_cloud_tasks_queue: { work: { name: 'work', location: 'europe-west1' } },
    google_cloud_tasks_queue_iam_member: {
      api: {
        name: '${google_cloud_tasks_queue.work.name}',
        location: 'europe-west1',
        role: 'roles/cloudtasks.enqueuer',
        member: '${google_service_account.api.member}',
      },
    },
    google_pubsub_topic: { events: { name: 'events', ...EMPTY_LABELS } },
    google_pubsub_topic_iam_member: {
      api: {
        topic: '${google_pubsub_topic.events.name}',
        role: 'roles/pubsub.publisher',
        member: '${google_service_account.api.member}',
      },
    },
    google_pubsub_subscription: {
      api: {
        name: 'api',
        topic: '${google_pubsub_topic.events.id}',
        push_config: {
          push_endpoint: '${google_cloud_run_v2_service.api.uri}',
          oidc_token: { service_account_email: '${google_service_account.api.email}' },
        },
      },
    },
    google_pubsub_subscription_iam_member: {
      api: {
        subscription: '${google_pubsub_subscription.api.name}',
        role: 'roles/pubsub.subscriber',
        member: '${google_service_account.api.member}',
      },
    },
    google_eventarc_trigger: {
      uploads: {
        name: 'uploads',
        location: 'europe-west1',
        matching_criteria: [{ attribute: 'type', value: 'google.cloud.pubsub.topic.v1.messagePublished' }],
        destination: {
          cloud_run_service: { service: '${google_cloud_run_v2_service.api.name}', region: 'europe-west1' },
        },
        service_account: '${google_service_account.api.email}',
      },
    },
  },
};

describeWithTerraform('one of every resource', () => {
  const workspace = useWorkspace();

  test('the configuration has every resource that has a behaviour', () => {
    expect(Object.keys(EVERYTHING.resource ?? {}).sort()).toEqual(resourceTypes().sort());
  });

  test('is created, has no changes at once, and is destroyed completely', async () => {
    await workspace.current.write(EVERYTHING).apply();
    const plan = await workspace.current.plan();
    expect(plan.actions).toEqual({});
    // Only null and empty values differ, and the etag that all grants of one policy share.
    const telling = (plan.json.resource_drift ?? []).filter(({ change }) => !sameValue(change.before, change.after));
    expect(telling.map(({ address }) => address).filter((address) => !address.includes('_iam_'))).toEqual([]);
    await workspace.current.destroy();
    const { iam, resources } = workspace.current.cloud.data;
    expect(resources).toEqual({});
    // Grants on resources outside the stack to an account of the stack are destroyed too.
    expect(iam).toEqual({});
  });

  test('everything is imported by its id, and changes only arguments that exist only in the state', async () => {
    await workspace.current.write(EVERYTHING).apply();
    const { values } = await workspace.current.show();
    const resources = (values?.root_module.resources ?? []).filter(({ address }) => !address.startsWith('data.'));
    const imports = resources.map(({ address, values: state }) => ({ to: address, id: importId(address, state) }));
    await workspace.current.terraform('state', 'rm', ...resources.map(({ address }) => address));
    await workspace.current.write({ ...EVERYTHING, import: imports }).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
  });
});

/** An IAM resource is imported by what it is about, the role and the member, with blanks between. */
function importId(address: string, state: { [name: string]: unknown }): string {
  if (!address.includes('_iam_')) return String(state.id);
  const parts = [state.role, state.member].filter((part) => part !== undefined).map(String);
  const target = parts.reduceRight((id, part) => id.slice(0, -part.length - 1), String(state.id));
  return [target, ...parts].join(' ');
}
