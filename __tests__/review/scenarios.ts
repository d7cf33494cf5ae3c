import type { Cloud } from '../../emulator';
import type { Configuration } from '../emulator/harness';
import { SERVICE, SERVICE_ID, service } from '../emulator/stacks';
import {
  accessor,
  api,
  armor,
  binding,
  DENY,
  first,
  LOAD_BALANCED,
  loadBalanced,
  mapped,
  mapping,
  members,
  projectGrant,
  queue,
  secretReader,
  subscription,
} from './configurations';

/** A change that the real Terraform plans. */
export interface Scenario {
  /** The rule that must find it. */
  readonly rule: string;
  readonly does: string;
  readonly from: Configuration;
  /** A change outside Terraform in between. */
  readonly meanwhile?: (cloud: Cloud) => void;
  readonly to: Configuration;
  readonly options?: readonly string[];
}

const SUPPORT = { support: 'group:support@example.com' };
const INTERNAL = { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' };
const ARMOR = { security_policy: '${google_compute_security_policy.edge.id}' };

/** At least one change for each rule. */
export const SCENARIOS: readonly Scenario[] = [
  { rule: 'public-service', does: 'grants allUsers', from: api(), to: api({}, members({ public: 'allUsers' })) },
  {
    rule: 'public-service',
    does: 'opens the ingress of a first-generation service that allUsers may call',
    from: first('internal'),
    to: first('all'),
  },
  {
    rule: 'iap-lost',
    does: 'switches IAP off',
    from: loadBalanced({ iap: { enabled: true } }),
    to: loadBalanced({ iap: { enabled: false } }),
  },
  {
    rule: 'cloud-armor-lost',
    does: 'takes the policy off the backend service',
    from: loadBalanced(ARMOR),
    to: loadBalanced(),
  },
  {
    rule: 'any-google-account',
    does: 'grants allAuthenticatedUsers',
    from: api(),
    to: api({}, members({ all: 'allAuthenticatedUsers' })),
  },
  {
    rule: 'not-understood',
    does: 'grants a member that is known after apply',
    from: api(),
    to: api(
      {},
      {
        terraform_data: { member: { input: 'user:developer@example.com' } },
        ...members({ computed: '${terraform_data.member.output}' }),
      },
    ),
  },
  {
    rule: 'incomplete-plan',
    does: 'plans one resource with -target',
    from: api(),
    to: api({ description: 'Orders' }, members(SUPPORT)),
    options: ['-target=google_cloud_run_v2_service.api'],
  },
  {
    rule: 'ingress-widened',
    does: 'sets ingress to all',
    from: api(LOAD_BALANCED),
    to: api({ ingress: 'INGRESS_TRAFFIC_ALL' }),
  },
  { rule: 'invoker-check-off', does: 'disables the check', from: api(), to: api({ invoker_iam_disabled: true }) },
  {
    rule: 'public-behind-ingress',
    does: 'grants allUsers on an internal service',
    from: api(INTERNAL),
    to: api(INTERNAL, members({ public: 'allUsers' })),
  },
  {
    rule: 'protected-service-destroyed',
    does: 'removes a service and its callers in one step',
    from: api({ deletion_protection: true }, members(SUPPORT)),
    to: {},
  },
  { rule: 'service-destroyed', does: 'removes the service', from: api(), to: {} },
  {
    rule: 'service-replaced',
    does: 'moves the service to another region',
    from: api({}, members(SUPPORT)),
    to: api({ location: 'europe-west4' }, members(SUPPORT)),
  },
  { rule: 'caller-removed', does: 'removes a grant', from: api({}, members(SUPPORT)), to: api() },
  {
    rule: 'authoritative-grants',
    does: 'puts a binding over a grant',
    from: api({}, members(SUPPORT)),
    to: api({}, { ...members(SUPPORT), ...binding(['user:developer@example.com']) }),
  },
  {
    rule: 'authoritative-grants',
    does: 'drops a member whom somebody added in the console',
    from: api({}, binding(['user:developer@example.com'])),
    meanwhile: (cloud) =>
      cloud.setPolicy(SERVICE_ID, { 'roles/run.invoker': ['user:developer@example.com', 'user:outsider@example.com'] }),
    to: api({}, binding(['user:developer@example.com'])),
  },
  { rule: 'public-name-removed', does: 'removes a domain mapping', from: api({}, mapped), to: api() },
  {
    rule: 'public-name-removed',
    does: 'shuts a mapped domain by the ingress',
    from: api({}, mapped),
    to: api(INTERNAL, mapped),
  },
  {
    rule: 'name-leads-nowhere',
    does: 'moves the service to another region, away from its endpoint group',
    from: loadBalanced(),
    to: { resource: { ...loadBalanced().resource, ...api({ location: 'europe-west4' }).resource } },
  },
  {
    rule: 'domain-mapping-replaced',
    does: 'labels a domain mapping',
    from: api({}, mapped),
    to: api({}, { google_cloud_run_domain_mapping: { api: mapping({ labels: { team: 'orders' } }) } }),
  },
  {
    rule: 'certificate-replaced',
    does: 'adds a name to a certificate',
    from: loadBalanced(),
    to: loadBalanced({}, { managed: { domains: ['www.example.com', 'shop.example.com'] } }),
  },
  {
    rule: 'address-changed',
    does: 'renames the address',
    from: loadBalanced(),
    to: loadBalanced({}, {}, { google_compute_global_address: { edge: { name: 'edge-2' } } }),
  },
  {
    rule: 'subscription-replaced',
    does: 'filters a subscription',
    from: subscription(),
    to: subscription({ filter: 'attributes.kind = "new"' }),
  },
  {
    rule: 'queue-replaced',
    does: 'renames a queue',
    from: queue('mail'),
    to: queue('mail-2'),
  },
  {
    rule: 'deletion-protection-off',
    does: 'switches the protection off',
    from: api({ deletion_protection: true }),
    to: api(),
  },
  { rule: 'caller-added', does: 'grants a group', from: api(), to: api({}, members(SUPPORT)) },
  {
    rule: 'caller-added',
    does: 'grants the invoker role on the whole project',
    from: api(),
    to: api({}, projectGrant('ops', 'roles/run.invoker', 'group:ops@example.com')),
  },
  { rule: 'public-name-added', does: 'maps a domain', from: api(), to: api({}, mapped) },
  {
    rule: 'traffic-moved',
    does: 'pins the traffic',
    from: api(),
    to: api({
      traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 'api-00001-abc', percent: 100 }],
    }),
  },
  {
    rule: 'secret-access-removed',
    does: 'removes the accessor grant',
    from: secretReader(accessor('api', '${google_service_account.api.member}')),
    to: secretReader({}),
  },
  {
    rule: 'secret-for-everybody',
    does: 'lets everybody with a Google account read a secret',
    from: secretReader({}),
    to: secretReader(accessor('public', 'allAuthenticatedUsers')),
  },
  {
    rule: 'cloud-armor-loosened',
    does: 'removes a deny rule',
    from: loadBalanced(ARMOR, {}, { google_compute_security_policy: { edge: armor([DENY]) } }),
    to: loadBalanced(ARMOR),
  },
  { rule: 'ingress-narrowed', does: 'sets ingress to internal', from: api(), to: api(INTERNAL) },
  {
    rule: 'new-revision',
    does: 'ships an image',
    from: api(),
    to: api({ template: { containers: [{ image: 'europe-docker.pkg.dev/acme/apps/api:2' }] } }),
  },
  { rule: 'scaling-changed', does: 'keeps an instance', from: api(), to: api({ scaling: { min_instance_count: 1 } }) },
  {
    rule: 'imported',
    does: 'imports a service that is there',
    from: {},
    meanwhile: (cloud) =>
      cloud.put('google_cloud_run_v2_service', SERVICE_ID, {
        ...service({ ingress: 'INGRESS_TRAFFIC_ALL' }),
        project: 'acme-prod',
      }),
    to: { import: [{ to: SERVICE, id: SERVICE_ID }], ...api() },
  },
  {
    rule: 'drift',
    does: 'finds the ingress opened in the console',
    from: api(INTERNAL),
    meanwhile: (cloud) =>
      cloud.put('google_cloud_run_v2_service', SERVICE_ID, {
        ...cloud.find('google_cloud_run_v2_service', SERVICE_ID),
        ingress: 'INGRESS_TRAFFIC_ALL',
      }),
    to: api(INTERNAL),
  },
];
