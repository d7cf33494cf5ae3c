import type { IConstruct } from 'constructs';
import type { Backend } from '../load-balancer/backend';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import { type Check, exampleFile } from './check';
import type { StackContents } from './stack-contents';

const BEHIND = 'ingress: internal-and-cloud-load-balancing';
const EDGE = 'edge: {domains: [www.example.com], defaultService: web}';

/** Checks that the services behind a load balancer can be reached through it, and only through it. */
export const loadBalancedServiceChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'load-balancer-internal-service',
    severity: 'error',
    summary:
      'A service with ingress `internal` refuses an external load balancer (Cloud Run, "Restrict network ingress").',
    example: exampleFile('web: {access: public, ingress: internal}', '', EDGE),
    *find({ backends, node }) {
      for (const { service } of backends) {
        if (service.props?.ingress !== 'internal') continue;
        const message = `the load balancer '${node.id}' can't reach '${service.node.id}' while its ingress is 'internal'`;
        yield { subject: service, path: ['ingress'], message, remedy: `write '${BEHIND}'` };
      }
    },
  },
  {
    code: 'load-balancer-bypassed',
    severity: 'warning',
    summary: 'A service with ingress `all` also answers on its run.app URL, without the load balancer.',
    example: exampleFile('web: {access: public}', '', EDGE),
    *find({ backends, node }) {
      for (const backend of backends) {
        if (!isBypassed(backend) || isProtected(backend)) continue;
        const { service } = backend;
        const message = `requests to the run.app URL of '${service.node.id}' bypass the load balancer '${node.id}'`;
        yield { subject: service, path: ['ingress'], message, remedy: `write '${BEHIND}'` };
      }
    },
  },
  {
    code: 'load-balancer-protection-bypassed',
    severity: 'error',
    summary:
      'Cloud Armor and Identity-Aware Proxy on the load balancer only protect requests through it. With ingress `all` the run.app URL bypasses them.',
    example: exampleFile(
      'web: {access: public}',
      '',
      'edge: {domains: [www.example.com], defaultService: web, securityPolicy: {deny: [203.0.113.0/24]}}',
    ),
    *find({ backends, node }) {
      for (const backend of backends) {
        if (!isBypassed(backend) || !isProtected(backend)) continue;
        const { service, settings } = backend;
        const what = settings.iap ? 'Identity-Aware Proxy' : 'Cloud Armor';
        const message = `requests to the run.app URL of '${service.node.id}' bypass ${what} on the load balancer '${node.id}'`;
        yield { subject: service, path: ['ingress'], message, remedy: `write '${BEHIND}'` };
      }
    },
  },
  {
    code: 'load-balancer-private-service',
    severity: 'warning',
    summary: 'A browser gets 403 from a private service behind a load balancer, because it sends no identity token.',
    example: exampleFile(`web: {${BEHIND}}`, '', EDGE),
    *find({ backends, node }) {
      for (const { service, settings } of backends) {
        if (!service.props || service.props.access === 'public' || settings.iap || service.props.iap) continue;
        const message = `'${service.node.id}' is private, so browsers get 403 from it through the load balancer '${node.id}'`;
        const remedy = "write 'access: public' if it is for everybody, or 'iap' in the load balancer if it is for some";
        yield { subject: service, path: ['access'], message, remedy };
      }
    },
  },
];

/** Services that need a load balancer. */
export const loadBalancingChecks: readonly Check<StackContents>[] = [
  {
    code: 'regions-without-load-balancer',
    severity: 'warning',
    summary:
      'Each region of a service has a URL of its own. Only a load balancer sends callers to the nearest region that works (Cloud Run, "Serve traffic from multiple regions").',
    example: exampleFile('web: {access: public, regions: [europe-west1, us-central1]}'),
    *find({ services, loadBalancers }) {
      const balanced = new Set<IConstruct>(
        loadBalancers.flatMap(({ backends }) => backends.map(({ service }) => service)),
      );
      for (const service of services) {
        if (service.regional.length < 2 || balanced.has(service)) continue;
        const message = `'${service.node.id}' runs in ${service.regional.length} regions without a load balancer in front`;
        const remedy = 'name it in a load balancer, or have callers choose a region';
        yield { subject: service, path: ['regions'], message, remedy };
      }
    },
  },
];

function isBypassed({ service }: Backend): boolean {
  return (
    service.props !== undefined && (service.props.ingress ?? 'all') === 'all' && service.props.defaultUrl !== false
  );
}

function isProtected({ settings }: Backend): boolean {
  return settings.iap !== undefined || settings.securityPolicy !== undefined;
}
