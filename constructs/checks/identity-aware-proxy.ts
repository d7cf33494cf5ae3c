import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import { principalProblem } from '../core/principal';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import type { IapProps } from '../load-balancer/identity-aware-proxy';
import { type Check, exampleFile, type Problem } from './check';
import { domainOf } from './organization-policies';

const PRIVATE = 'admin: {ingress: internal-and-cloud-load-balancing}';
const NUMBER = 'projectNumber: "123456789012"';

/** Identity-Aware Proxy on load balancers. */
export const identityAwareProxyChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'iap-on-public-service',
    severity: 'error',
    summary: 'Identity-Aware Proxy needs a private service: a public service answers everybody.',
    example: withIap('admin: {access: public, ingress: internal-and-cloud-load-balancing}', NUMBER),
    *find({ backends, node }) {
      for (const { service, settings } of backends) {
        if (!settings.iap || service.props?.access !== 'public') continue;
        const message = `'${service.node.id}' is public behind Identity-Aware Proxy on the load balancer '${node.id}'`;
        const remedy = "remove 'access: public'; the proxy calls the service for its members";
        yield { subject: service, path: ['access'], message, remedy };
      }
    },
  },
  {
    code: 'iap-twice',
    severity: 'error',
    summary:
      'Identity-Aware Proxy is either on a service or on the load balancer in front of it (Cloud Run, "Configure Identity-Aware Proxy", known limitations).',
    example: withIap(
      'admin: {ingress: internal-and-cloud-load-balancing, iap: {members: ["group:a@example.com"]}}',
      NUMBER,
    ),
    *find({ backends, node }) {
      for (const { service, settings } of backends) {
        if (!settings.iap || !service.props?.iap) continue;
        const message = `'${service.node.id}' has Identity-Aware Proxy, and the load balancer '${node.id}' in front of it as well`;
        yield { subject: service, path: ['iap'], message, remedy: 'remove one of them' };
      }
    },
  },
  {
    code: 'iap-needs-project-number',
    severity: 'error',
    summary:
      "Identity-Aware Proxy calls a service with an account. The account's email address contains the project's number, which is not known from the project's id.",
    example: withIap(PRIVATE),
    *find({ backends, environment, props }) {
      if (environment.props.projectNumber !== undefined || !backends.some(({ settings }) => settings.iap)) return;
      const message = `the number of the project '${environment.props.project}' is not known`;
      const [first] = proxies(props);
      yield { path: first?.path, message, remedy: "write the environment's projectNumber" };
    },
  },
  {
    code: 'iap-member-syntax',
    severity: 'error',
    summary: 'A member is a principal as IAM writes it: its kind, a colon and its name.',
    example: withIap(PRIVATE, NUMBER, 'support@example.com'),
    *find({ props }) {
      for (const { member, path } of members(props)) {
        const problem = isToken(member) ? undefined : principalProblem(member);
        if (problem) yield { path, ...problem };
      }
    },
  },
  {
    code: 'iap-member-domain',
    severity: 'error',
    summary:
      'With domain restricted sharing, members must belong to an allowed domain (`iam.allowedPolicyMemberDomains`).',
    example: withIap(
      PRIVATE,
      `${NUMBER}\norganizationPolicies: {allowedPolicyMemberDomains: [example.com]}`,
      'user:partner@example.org',
    ),
    *find({ props, environment: { policies } }) {
      const allowed = policies.allowedPolicyMemberDomains;
      if (!allowed) return;
      for (const { member, path } of members(props)) {
        const domain = domainOf(member);
        if (domain === undefined || allowed.some((name) => name.toLowerCase() === domain)) continue;
        const message = `the organization refuses '${member}'`;
        yield { path, message, remedy: `name a principal of ${allowed.join(', ')}` };
      }
    },
  },
  {
    code: 'cdn-with-iap',
    severity: 'error',
    summary:
      'Cloud CDN cannot be used with Identity-Aware Proxy: a response cached for one member would be sent to everybody (Cloud CDN, "Restrictions").',
    example: exampleFile(
      PRIVATE,
      NUMBER,
      'edge: {domains: [admin.example.com], defaultService: admin, cdn: true, iap: {members: ["group:support@example.com"]}}',
    ),
    *find({ backends, props }) {
      for (const { service, settings } of backends) {
        if (!(settings.iap || service.props?.iap) || !settings.cdn) continue;
        const key = service.environment.addresses.prefixOf(service);
        const path = props.backends?.[key]?.cdn ? ['backends', key, 'cdn'] : ['cdn'];
        const message = `'${service.node.id}' has Cloud CDN and Identity-Aware Proxy`;
        yield { path, message, remedy: `write 'cdn: false' in backends.${key}, or remove iap` };
      }
    },
  },
];

/** Every proxy in the props, and its place. */
function proxies({ iap, backends }: ExternalLoadBalancer['props']): { iap: IapProps; path: string[] }[] {
  return [
    ...(iap ? [{ iap, path: ['iap'] }] : []),
    ...sortedEntries(backends).flatMap(([key, backend]) =>
      backend.iap ? [{ iap: backend.iap, path: ['backends', key, 'iap'] }] : [],
    ),
  ];
}

function members(props: ExternalLoadBalancer['props']): { member: string; path: NonNullable<Problem['path']> }[] {
  return proxies(props).flatMap(({ iap, path }) =>
    iap.members.map((member, index) => ({ member, path: [...path, 'members', index] })),
  );
}

/** The text of a services.yaml with a service behind Identity-Aware Proxy. */
function withIap(service: string, environment = '', member = 'group:support@example.com'): string {
  const settings = `domains: [admin.example.com], defaultService: admin, iap: {members: ["${member}"]}`;
  return exampleFile(service, environment, `edge: {${settings}}`);
}
