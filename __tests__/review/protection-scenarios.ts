import type { Configuration } from '../emulator/harness';
import { member } from '../emulator/stacks';
import { api, fn, loadBalanced, location, projectGrant, type Resources, tls, version } from './configurations';
import type { Scenario } from './scenarios';

const IMAGE = 'europe-docker.pkg.dev/acme/apps/api:1';
const DIGEST = `europe-docker.pkg.dev/acme/apps/api@sha256:${'0123456789abcdef'.repeat(4)}`;
const CONNECTOR = `projects/acme-prod/locations/${location}/connectors/main`;
const KEY = `projects/acme-prod/locations/${location}/keyRings/main/cryptoKeys/run`;

/** The service `api` with these containers. */
function shipped(containers: readonly object[]): Configuration {
  return api({ template: { containers } });
}

/** The service `api` with these settings of its template. */
function templated(template: object, others: Resources = {}): Configuration {
  return api({ template: { containers: [{ image: IMAGE }], ...template } }, others);
}

const accounts = (...ids: readonly string[]): Resources => ({
  google_service_account: Object.fromEntries(ids.map((id) => [id, { account_id: `${id}-account` }])),
});

const runningAsApi = { service_account: '${google_service_account.api.email}' };

/** The service `api` that the account `caller` may call. */
function called(others: Resources = {}): Configuration {
  return api(
    {},
    {
      ...accounts('caller'),
      google_cloud_run_v2_service_iam_member: { caller: member('${google_service_account.caller.member}') },
      ...others,
    },
  );
}

function variable(values: object): Configuration {
  return shipped([{ image: IMAGE, env: [{ name: 'DB_PASSWORD', ...values }] }]);
}

function conditional(expression: string | undefined): Configuration {
  const condition = expression === undefined ? {} : { condition: { title: 'only-dev', expression } };
  return api({}, projectGrant('developers', 'roles/run.invoker', 'domain:example.com', condition));
}

/** Changes that weaken a protection without giving a caller access: at least one for each rule about this. */
export const PROTECTION_SCENARIOS: readonly Scenario[] = [
  {
    rule: 'gate-unknown',
    does: 'takes the invoker check from something computed',
    from: api(),
    to: api({ invoker_iam_disabled: '${terraform_data.open.output}' }, { terraform_data: { open: { input: true } } }),
  },
  {
    rule: 'gate-unknown',
    does: 'takes the ingress from something computed',
    from: api({ ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' }),
    to: api(
      { ingress: '${terraform_data.ingress.output}' },
      { terraform_data: { ingress: { input: 'INGRESS_TRAFFIC_ALL' } } },
    ),
  },
  {
    rule: 'binary-authorization-loosened',
    does: 'removes Binary Authorization',
    from: api({ binary_authorization: { use_default: true } }),
    to: api(),
  },
  {
    rule: 'binary-authorization-loosened',
    does: 'breaks the glass',
    from: api({ binary_authorization: { use_default: true } }),
    to: api({ binary_authorization: { use_default: true, breakglass_justification: 'an incident' } }),
  },
  {
    rule: 'egress-loosened',
    does: 'lets requests to the internet past the connector',
    from: templated({ vpc_access: { connector: CONNECTOR, egress: 'ALL_TRAFFIC' } }),
    to: templated({ vpc_access: { connector: CONNECTOR, egress: 'PRIVATE_RANGES_ONLY' } }),
  },
  {
    rule: 'egress-loosened',
    does: 'takes the service out of its network',
    from: templated({
      vpc_access: { network_interfaces: { network: 'main' }, egress: 'ALL_TRAFFIC' },
    }),
    to: templated({}),
  },
  {
    rule: 'encryption-key-removed',
    does: 'removes the key',
    from: templated({ encryption_key: KEY }),
    to: templated({}),
  },
  {
    rule: 'identity-changed',
    does: 'runs the service as another account',
    from: templated(runningAsApi, accounts('api', 'other')),
    to: templated({ service_account: '${google_service_account.other.email}' }, accounts('api', 'other')),
  },
  {
    rule: 'identity-changed',
    does: 'runs the service as the default account',
    from: templated(runningAsApi, accounts('api')),
    to: templated({ service_account: '123456789012-compute@developer.gserviceaccount.com' }, accounts('api')),
  },
  {
    rule: 'image-source-changed',
    does: 'ships an image of another registry',
    from: api(),
    to: shipped([{ image: 'docker.io/somebody/api:1' }]),
  },
  {
    rule: 'image-source-changed',
    does: 'names the image by a tag',
    from: shipped([{ image: DIGEST }]),
    to: shipped([{ image: IMAGE }]),
  },
  {
    rule: 'sidecar-added',
    does: 'adds a container',
    from: shipped([{ name: 'api', image: IMAGE, ports: { container_port: 8080 } }]),
    to: shipped([
      { name: 'api', image: IMAGE, ports: { container_port: 8080 } },
      { name: 'proxy', image: 'europe-docker.pkg.dev/acme/apps/proxy:1' },
    ]),
  },
  {
    rule: 'secret-in-plain-text',
    does: 'writes the value of a secret into the configuration',
    from: variable({ value_source: { secret_key_ref: { secret: 'db', version: 'latest' } } }),
    to: variable({ value: 'canary-value' }),
  },
  {
    rule: 'powerful-account',
    does: "makes a service's account an editor of the project",
    from: templated(runningAsApi, accounts('api')),
    to: templated(runningAsApi, {
      ...accounts('api'),
      ...projectGrant('api', 'roles/editor', '${google_service_account.api.member}'),
    }),
  },
  {
    rule: 'indirect-access',
    does: 'lets a domain make tokens of a caller',
    from: called(),
    to: called({
      google_service_account_iam_member: {
        tokens: {
          service_account_id: '${google_service_account.caller.name}',
          role: 'roles/iam.serviceAccountTokenCreator',
          member: 'domain:example.com',
        },
      },
    }),
  },
  {
    rule: 'indirect-access',
    does: 'lets a group set the IAM policy of the project',
    from: called(),
    to: called(projectGrant('contractors', 'roles/resourcemanager.projectIamAdmin', 'group:contractors@example.com')),
  },
  {
    rule: 'organization-policy-opened',
    does: 'allows every domain',
    from: api(),
    to: api(
      {},
      {
        google_org_policy_policy: {
          members: {
            name: 'projects/acme-prod/policies/iam.allowedPolicyMemberDomains',
            parent: 'projects/acme-prod',
            spec: { rules: [{ allow_all: 'TRUE' }] },
          },
        },
      },
    ),
  },
  {
    rule: 'iap-settings-loosened',
    does: 'lets CORS preflight requests through',
    from: loadBalanced({ iap: { enabled: true } }),
    to: loadBalanced(
      { iap: { enabled: true } },
      {},
      {
        google_iap_settings: {
          edge: {
            name: 'projects/123456789012/iap_web/compute/services/edge',
            access_settings: { cors_settings: { allow_http_options: true } },
          },
        },
      },
    ),
  },
  {
    rule: 'tls-lowered',
    does: 'takes TLS 1.0 again',
    from: tls({ min_tls_version: 'TLS_1_2' }),
    to: tls({ min_tls_version: 'TLS_1_0' }),
  },
  {
    rule: 'tls-lowered',
    does: 'takes the SSL policy off the proxy',
    from: tls({ min_tls_version: 'TLS_1_2' }),
    to: tls({ min_tls_version: 'TLS_1_2' }, {}),
  },
  {
    rule: 'backend-logging-off',
    does: 'logs nothing any more',
    from: loadBalanced({ log_config: { enable: true, sample_rate: 1 } }),
    to: loadBalanced({ log_config: { enable: false } }),
  },
  {
    rule: 'condition-changed',
    does: 'widens the condition of a grant',
    from: conditional('resource.name.endsWith("/services/dev")'),
    to: conditional('true'),
  },
  {
    rule: 'condition-changed',
    does: 'puts a condition on a grant',
    from: conditional(undefined),
    to: conditional('request.time < timestamp("2027-01-01T00:00:00Z")'),
  },
  {
    rule: 'public-service',
    does: 'opens the ingress of a function that allUsers may call',
    from: fn('ALLOW_INTERNAL_ONLY', 'google_cloud_run_v2_service_iam_member'),
    to: fn('ALLOW_ALL', 'google_cloud_run_v2_service_iam_member'),
  },
  {
    rule: 'public-service',
    does: 'grants allUsers on a function',
    from: fn('ALLOW_ALL'),
    to: fn('ALLOW_ALL', 'google_cloudfunctions2_function_iam_member'),
  },
  {
    rule: 'deletion-abandons',
    does: 'abandons a secret version on deletion',
    from: version('DELETE'),
    to: version('ABANDON'),
  },
];
