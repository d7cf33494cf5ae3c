import { recordedStacks, VERSIONS } from '../recordings/recordings';
import { AlteredPlan } from './altered-plan';
import { reviewOfText } from './reviewed';

const WEB = 'google_cloud_run_v2_service.web';
const API = 'google_cloud_run_v2_service.api';
const MEMBER = 'google_project_iam_member.all';
const ADMIN = 'google_compute_backend_service.edge_admin';
const EDGE_WEB = 'google_compute_backend_service.edge_web';
const STOCK = 'google_cloud_run_v2_service_iam_binding.stock_invokers';

const INTERNAL = 'INGRESS_TRAFFIC_INTERNAL_ONLY';
const grant = (project: string, role: string, member: string) => ({ project, role, member, condition: [] });

interface Case {
  readonly name: string;
  readonly example: string;
  readonly alter: (plan: AlteredPlan) => AlteredPlan;
  /** "SEVERITY RULE ADDRESS: a part of the message". */
  readonly found: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'an ingress narrowed under a load balancer cuts off its names',
    example: 'load-balancer',
    alter: (plan) => plan.update(WEB, (values) => Object.assign(values, { ingress: INTERNAL })),
    found: [`high public-name-removed ${WEB}: www.example.com no longer reaches web`],
  },
  {
    name: 'an ingress narrowed under mapped domains cuts them off',
    example: 'public-web-app',
    alter: (plan) => plan.update(WEB, (values) => Object.assign(values, { ingress: INTERNAL })),
    found: [`high public-name-removed ${WEB}: example.com, shop.example.com and www.example.org no longer reach web`],
  },
  {
    name: 'an ingress narrowed where nothing answered through it is low',
    example: 'private-api',
    alter: (plan) => plan.update(API, (values) => Object.assign(values, { ingress: INTERNAL })),
    found: [`low ingress-narrowed ${API}: ingress all → internal`],
  },
  {
    name: 'a grant to allUsers on the project is one finding with the services it opens',
    example: 'private-api',
    alter: (plan) => plan.create(MEMBER, grant('acme-prod', 'roles/run.invoker', 'allUsers')),
    found: [
      `critical public-service ${MEMBER}: allUsers gets roles/run.invoker on the whole project acme-prod: api and billing`,
    ],
  },
  {
    name: 'a project is known by its number',
    example: 'private-api',
    alter: (plan) => plan.create(MEMBER, grant('123456789012', 'roles/run.invoker', 'allAuthenticatedUsers')),
    found: [`critical any-google-account ${MEMBER}: api and billing become callable by anyone with a Google account`],
  },
  {
    name: 'a grant to allUsers on the project where only the ingress keeps the internet out',
    example: 'order-system',
    alter: (plan) => plan.create(MEMBER, grant('acme-prod', 'roles/run.invoker', 'allUsers')),
    found: [`high public-behind-ingress ${MEMBER}: anyone who gets past the ingress of api and worker`],
  },
  {
    name: 'forwarding rules that go take their names with them, whatever the proxy of http is called',
    example: 'load-balancer',
    alter: (plan) =>
      plan
        .delete('google_compute_global_forwarding_rule.edge_https')
        .delete('google_compute_global_forwarding_rule.edge_https_ipv6'),
    found: [
      'high public-name-removed google_compute_global_forwarding_rule.edge_https: www.example.com no longer reaches web',
      'high address-changed google_compute_global_forwarding_rule.edge_https: nothing answers on',
      'high address-changed google_compute_global_forwarding_rule.edge_https_ipv6: nothing answers on',
    ],
  },
  {
    name: 'Cloud Armor taken off a backend service',
    example: 'load-balancer-routes',
    alter: (plan) => plan.update(EDGE_WEB, (values) => Object.assign(values, { security_policy: '' })),
    found: [`critical cloud-armor-lost ${EDGE_WEB}: web loses the Cloud Armor policy edge at`],
  },
  {
    name: 'anyone with a Google account passes IAP: it is still there',
    example: 'iap-internal-tool',
    alter: (plan) =>
      plan.create(MEMBER, grant('acme-prod', 'roles/iap.httpsResourceAccessor', 'allAuthenticatedUsers')),
    found: [`critical any-google-account ${MEMBER}: admin and reports become callable`],
  },
  {
    name: 'drift: an ingress opened',
    example: 'order-system',
    alter: (plan) => plan.drifted(API, (values) => Object.assign(values, { ingress: 'INGRESS_TRAFFIC_ALL' })),
    found: [
      `high drift ${API}: was changed outside Terraform: api takes requests from more places: ingress internal → all`,
      `low ingress-narrowed ${API}: ingress all → internal`,
    ],
  },
  {
    name: 'drift: an invoker check switched off',
    example: 'private-api',
    alter: (plan) => plan.drifted(API, (values) => Object.assign(values, { invoker_iam_disabled: true })),
    found: [
      `critical drift ${API}: since its invoker check is off`,
      `high caller-removed ${API}: api can no longer be called by anyone`,
      `high drift ${API}: invoker_iam_disabled false → true`,
    ],
  },
  {
    name: 'drift: allUsers among the members of a binding',
    example: 'mutual-calls',
    alter: (plan) => plan.drifted(STOCK, (values) => (values.members as string[]).push('allUsers')),
    found: [
      'critical drift google_cloud_run_v2_service.stock: callable by anyone on the internet',
      `high caller-removed ${STOCK}: stock can no longer be called by anyone`,
      `high authoritative-grants ${STOCK}: drops allUsers`,
    ],
  },
  {
    name: 'drift: IAP switched off',
    example: 'iap-internal-tool',
    alter: (plan) => plan.drifted(ADMIN, (values) => Object.assign(values, { iap: [{ enabled: false }] })),
    found: [
      `critical drift ${ADMIN}: admin loses IAP at https://admin.example.com/`,
      'medium caller-added google_iap_web_backend_service_iam_member.edge_admin_iap_group',
      'medium caller-added google_iap_web_backend_service_iam_member.edge_admin_iap_user',
    ],
  },
  {
    name: 'drift: Cloud Armor taken off',
    example: 'load-balancer-routes',
    alter: (plan) => plan.drifted(EDGE_WEB, (values) => Object.assign(values, { security_policy: '' })),
    found: [`critical drift ${EDGE_WEB}: web loses the Cloud Armor policy edge at`],
  },
  {
    name: 'drift: an image deployed by other means',
    example: 'public-web-app',
    alter: (plan) =>
      plan.drifted(WEB, ({ template }) => {
        (template as { containers: { image: string }[] }[])[0]?.containers.forEach((container) => {
          container.image = 'europe-docker.pkg.dev/acme/apps/web:1.4.3';
        });
      }),
    found: [
      `low new-revision ${WEB}: web:1.4.3 → `,
      `low drift ${WEB}: was changed outside Terraform: template.containers.image europe-docker.pkg.dev/acme/apps/web:1.4.2 → europe-docker.pkg.dev/acme/apps/web:1.4.3`,
    ],
  },
  {
    name: 'drift: a description',
    example: 'public-web-app',
    alter: (plan) => plan.drifted(WEB, (values) => Object.assign(values, { description: 'Shop' })),
    found: [`low drift ${WEB}: was changed outside Terraform: description none → Shop`],
  },
  {
    name: 'drift: a grant that is gone closes something',
    example: 'private-api',
    alter: (plan) => plan.gone('google_cloud_run_v2_service_iam_member.api_invoker_user_developer_at_example_com'),
    found: [
      'medium caller-added google_cloud_run_v2_service_iam_member.api_invoker_user_developer_at_example_com: ',
      'low drift google_cloud_run_v2_service_iam_member.api_invoker_user_developer_at_example_com: was changed outside Terraform: it was deleted; who can reach api',
    ],
  },
  {
    name: 'drift: another spelling of a region is none',
    example: 'load-balancer',
    alter: (plan) =>
      plan.drifted('google_compute_region_network_endpoint_group.edge_web_europe-west1', (values) =>
        Object.assign(values, { region: 'europe-west1' }),
      ),
    found: [],
  },
];

describe.each(VERSIONS)('on the real plan of %s', (version) => {
  test.each(CASES)('$name', ({ example, alter, found }) => {
    const recording = recordedStacks(version)
      .find((stack) => stack.example === example)
      ?.load();
    if (!recording) throw new Error(`${example} is not recorded of ${version}`);
    const { findings } = reviewOfText(JSON.stringify(alter(new AlteredPlan(recording.replan)).json));
    const reported = findings.map(
      ({ severity, rule, address, message }) => `${severity} ${rule} ${address}: ${message}`,
    );
    expect(reported).toHaveLength(found.length);
    found.forEach((part, i) => {
      const [head = '', ...rest] = part.split(': ');
      expect(reported[i]).toContain(head);
      expect(reported[i]).toContain(rest.join(': '));
    });
  });
});
