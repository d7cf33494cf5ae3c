import { IMAGE, resourcesOf, serviceOf } from './synth';
import { ROWS } from './vocabulary';

test.each(ROWS)('%j is written as %s', (props, path, value) => {
  const found = path.split('.').reduce((arguments_, part) => arguments_?.[part], serviceOf(props));
  expect(found).toEqual(value);
});

test('an unset prop is written with its default, so that a removed key restores it', () => {
  expect(serviceOf({})).toMatchInlineSnapshot(`
    {
      "default_uri_disabled": false,
      "deletion_protection": true,
      "iap_enabled": false,
      "ingress": "INGRESS_TRAFFIC_ALL",
      "invoker_iam_disabled": false,
      "lifecycle": {
        "ignore_changes": [
          "client",
          "client_version",
        ],
      },
      "location": "europe-west1",
      "name": "api",
      "project": "acme-prod",
      "scaling": {
        "manual_instance_count": 0,
        "min_instance_count": 0,
      },
      "template": {
        "containers": [
          {
            "image": "europe-docker.pkg.dev/acme/apps/api:1.0.0",
            "ports": {
              "container_port": 8080,
              "name": "http1",
            },
            "resources": {
              "cpu_idle": true,
              "limits": {
                "cpu": "1",
                "memory": "512Mi",
              },
              "startup_cpu_boost": true,
            },
            "startup_probe": {
              "failure_threshold": 1,
              "initial_delay_seconds": 0,
              "period_seconds": 240,
              "tcp_socket": {
                "port": 8080,
              },
              "timeout_seconds": 240,
            },
          },
        ],
        "health_check_disabled": false,
        "max_instance_request_concurrency": 80,
        "scaling": {
          "min_instance_count": 0,
        },
        "service_account": "\${google_service_account.api.email}",
        "session_affinity": false,
        "timeout": "300s",
      },
      "traffic": [
        {
          "percent": 100,
          "type": "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST",
        },
      ],
    }
  `);
});

test('an unset maxInstances is left to Cloud Run, and ignored if the provider would remove it', () => {
  const ignored = (props: object, googleProvider?: string) =>
    resourcesOf({ api: props }, { googleProvider }).google_cloud_run_v2_service?.api?.lifecycle.ignore_changes;
  const most = 'template[0].scaling[0].max_instance_count';
  expect(ignored({}, '6.50.0')).toContain(most);
  expect(ignored({ maxInstances: 3 }, '6.50.0')).not.toContain(most);
  expect(ignored({})).not.toContain(most);
});

test('the provider of the bindings gets no argument that came later', () => {
  const service = resourcesOf({ api: {} }, { googleProvider: '6.50.0' }).google_cloud_run_v2_service?.api;
  const { iap_enabled, default_uri_disabled, scaling, template, tags } = service ?? {};
  expect({ iap_enabled, default_uri_disabled, scaling, tags, health: template.health_check_disabled }).toEqual({
    scaling: { min_instance_count: 0 },
  });
});

test('text is literal, in names and in values', () => {
  const { env } = serviceOf({
    env: { A: '${var.x} and %{ if true }', 'B${x}': 'b' },
  }).template.containers[0];
  expect(env).toEqual([
    { name: 'A', value: '$${var.x} and %%{ if true }' },
    { name: 'B$${x}', value: 'b' },
  ]);
});

test('the account may use what its service mounts, and the service waits for the grants', () => {
  const { google_cloud_run_v2_service: services, ...resources } = resourcesOf({
    api: {
      env: {
        TOKEN: { secret: 'token', version: '1' },
        OTHER: { secret: 'projects/other/secrets/key', version: '1' },
      },
      sidecars: {
        proxy: {
          image: IMAGE,
          env: { TOKEN: { secret: 'token', version: '2' } },
        },
      },
      volumes: {
        data: { mountPath: '/data', gcs: { bucket: 'acme-data' } },
        read: {
          mountPath: '/read',
          gcs: { bucket: 'acme-read', readOnly: true },
        },
      },
      cloudSqlInstances: ['main', 'other-project:europe-west1:b'],
      roles: ['roles/datastore.user'],
    },
  });
  const grants = Object.entries(resources).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, { role, project, lifecycle, member }]) =>
      role ? [[`${type}.${name}`, role, project, member, lifecycle.create_before_destroy]] : [],
    ),
  );
  const account = '${google_service_account.api.member}';
  expect(grants).toEqual([
    ['google_project_iam_member.api_role_cloudsql_client', 'roles/cloudsql.client', 'acme-prod', account, true],
    [
      'google_project_iam_member.api_role_cloudsql_client_other-project',
      'roles/cloudsql.client',
      'other-project',
      account,
      true,
    ],
    ['google_project_iam_member.api_role_datastore_user', 'roles/datastore.user', 'acme-prod', account, true],
    [
      'google_secret_manager_secret_iam_member.api_secret_projects_other_secrets_key',
      'roles/secretmanager.secretAccessor',
      'other',
      account,
      true,
    ],
    [
      'google_secret_manager_secret_iam_member.api_secret_token',
      'roles/secretmanager.secretAccessor',
      'acme-prod',
      account,
      true,
    ],
    [
      'google_storage_bucket_iam_member.api_bucket_acme-data_user',
      'roles/storage.objectUser',
      undefined,
      account,
      true,
    ],
    [
      'google_storage_bucket_iam_member.api_bucket_acme-read_viewer',
      'roles/storage.objectViewer',
      undefined,
      account,
      true,
    ],
  ]);
  expect(services?.api?.depends_on).toEqual(grants.map(([address]) => address));
});
