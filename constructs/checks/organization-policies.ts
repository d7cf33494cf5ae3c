import { isToken } from '../core/literal';
import { ALL_AUTHENTICATED_USERS, parsePrincipal } from '../core/principal';
import type { CloudRunService } from '../service/cloud-run-service';
import { namedPrincipals } from './access';
import { type Check, exampleFile } from './check';

/** Settings that the organization's policies would refuse at apply. */
export const organizationPolicyChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'policy-public-access',
    severity: 'error',
    summary:
      'With domain restricted sharing, nothing can be granted to `allUsers`. Google recommends to disable the invoker check instead (`iam.allowedPolicyMemberDomains`).',
    example: exampleFile('web: {access: public}', 'organizationPolicies: {allowedPolicyMemberDomains: [example.com]}'),
    *find({ props, environment: { policies } }) {
      if (props.access !== 'public' || props.invokerIamCheck === false || !policies.allowedPolicyMemberDomains) return;
      const remedy = policies.requireInvokerIam
        ? 'the organization allows no public service: remove access, or ask for an exception'
        : "write 'invokerIamCheck: false' beside access";
      yield { path: ['access'], message: "the organization refuses the grant to 'allUsers'", remedy };
    },
  },
  {
    code: 'policy-member-domain',
    severity: 'error',
    summary:
      'With domain restricted sharing, users, groups and domains must belong to an allowed domain, and nothing can be granted to `allAuthenticatedUsers` (`iam.allowedPolicyMemberDomains`).',
    example: exampleFile(
      'api: {invokers: ["user:partner@example.org"]}',
      'organizationPolicies: {allowedPolicyMemberDomains: [example.com]}',
    ),
    *find(service) {
      const allowed = service.environment.policies.allowedPolicyMemberDomains;
      if (!allowed) return;
      for (const { principal, path } of namedPrincipals(service)) {
        const domain = domainOf(principal);
        if (domain === undefined || allowed.some((name) => name.toLowerCase() === domain)) continue;
        const message = `the organization refuses '${principal}'`;
        yield { path, message, remedy: `name a principal of ${allowed.join(', ')}` };
      }
    },
  },
  {
    code: 'policy-member-unknown',
    severity: 'warning',
    summary:
      'Whether domain restricted sharing allows a service account of another project, or a federated identity, depends on the organization of that project or pool. The file does not contain it.',
    example: exampleFile(
      'api: {invokers: ["serviceAccount:ci@other-project.iam.gserviceaccount.com"]}',
      'organizationPolicies: {allowedPolicyMemberDomains: [example.com]}',
    ),
    *find(service) {
      const { policies, ofApp } = service.environment;
      if (!policies.allowedPolicyMemberDomains) return;
      const projects = new Set(ofApp.map(({ props }) => props.project));
      for (const { principal, path } of namedPrincipals(service)) {
        if (isToken(principal) || domainOf(principal) !== undefined || isOwnAccount(principal, projects)) continue;
        const message = `the organization may refuse '${principal}'`;
        yield { path, message, remedy: 'make sure that it belongs to the organization' };
      }
    },
  },
  {
    code: 'policy-ingress',
    severity: 'error',
    summary: 'The organization allows only some ingress settings (`run.allowedIngress`).',
    example: exampleFile('api: {ingress: all}', 'organizationPolicies: {allowedIngress: [internal]}'),
    *find({ props: { ingress = 'all' }, environment: { policies } }) {
      const { allowedIngress } = policies;
      if (!allowedIngress || allowedIngress.includes(ingress)) return;
      const remedy = `write one of ${allowedIngress.join(', ')}`;
      yield { path: ['ingress'], message: `the organization refuses ingress '${ingress}'`, remedy };
    },
  },
  {
    code: 'policy-invoker-check',
    severity: 'error',
    summary: 'The organization requires the invoker check (`run.managed.requireInvokerIam`).',
    example: exampleFile(
      'web: {access: public, invokerIamCheck: false}',
      'organizationPolicies: {requireInvokerIam: true}',
    ),
    *find({ props, environment: { policies } }) {
      if (!policies.requireInvokerIam || props.invokerIamCheck !== false) return;
      const message = 'the organization refuses a service without the invoker check';
      yield { path: ['invokerIamCheck'], message, remedy: 'remove invokerIamCheck' };
    },
  },
  {
    code: 'policy-vpc-egress',
    severity: 'error',
    summary:
      'The organization allows only some egress settings, and then every service must send its requests through a network (`run.allowedVPCEgress`).',
    example: exampleFile('api: {}', 'organizationPolicies: {allowedVpcEgress: [all-traffic]}'),
    *find({ props, environment: { policies } }) {
      const allowed = policies.allowedVpcEgress;
      if (!allowed) return;
      const connected = props.network ?? props.subnet ?? props.vpcConnector;
      const egress = props.vpcEgress ?? 'private-ranges-only';
      if (connected && allowed.includes(egress)) return;
      const message = connected
        ? `the organization refuses egress '${egress}'`
        : 'the organization refuses a service without a network for its requests';
      const remedy = `write 'vpcEgress: ${allowed.join("' or '")}'${connected ? '' : ", with 'network' and 'subnet'"}`;
      yield { path: ['vpcEgress'], message, remedy };
    },
  },
  {
    code: 'policy-binary-authorization',
    severity: 'error',
    summary:
      'Every service must use one of the allowed Binary Authorization policies (`run.allowedBinaryAuthorizationPolicies`).',
    example: exampleFile('api: {}', 'organizationPolicies: {allowedBinaryAuthorizationPolicies: [default]}'),
    *find({ props: { binaryAuthorization }, environment: { policies } }) {
      const allowed = policies.allowedBinaryAuthorizationPolicies;
      if (!allowed || (binaryAuthorization !== undefined && allowed.includes(binaryAuthorization))) return;
      const message = binaryAuthorization
        ? `the organization refuses the Binary Authorization policy '${binaryAuthorization}'`
        : 'the organization refuses a service without Binary Authorization';
      yield { path: ['binaryAuthorization'], message, remedy: `write one of ${allowed.join(', ')}` };
    },
  },
];

/** The domain of a user, group or domain, for the policy. `allAuthenticatedUsers` gets a domain that is never allowed. */
export function domainOf(principal: string): string | undefined {
  const { kind, id } = parsePrincipal(principal);
  if (principal === ALL_AUTHENTICATED_USERS) return '';
  if (kind === 'domain') return id.toLowerCase();
  return kind === 'user' || kind === 'group' ? id.split('@')[1]?.toLowerCase() : undefined;
}

function isOwnAccount(principal: string, projects: ReadonlySet<string>): boolean {
  const project = /^serviceAccount:[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/i.exec(principal)?.[1];
  return project !== undefined && projects.has(project);
}
