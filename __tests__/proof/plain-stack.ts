import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import { CloudRunService, type CloudRunServiceProps, DomainMapping, ExternalLoadBalancer } from '../../constructs';
import { testingApp } from '../testing-app';

const IMAGE = 'europe-docker.pkg.dev/acme/apps/api:1.0.0';

/** A plain stack of cdktf with a google provider of its own. */
export function plainStack(): TerraformStack {
  const stack = new TerraformStack(testingApp(), 'plain');
  new GoogleProvider(stack, 'google', { project: 'acme-prod', region: 'europe-west1' });
  return stack;
}

/** A plain stack with the service `api`. */
export function plainService(props: Partial<CloudRunServiceProps>): TerraformStack {
  const stack = plainStack();
  new CloudRunService(stack, 'api', { image: IMAGE, deletionProtection: false, ...props });
  return stack;
}

/** A plain stack with one of nearly everything: `recorded/plain-stack-0.1.0.tf.json` is what version 0.1.0 made of it. */
export function plainStackOfEverything(): TerraformStack {
  const stack = plainStack();
  const api = new CloudRunService(stack, 'api', {
    image: IMAGE,
    deletionProtection: false,
    invokers: ['group:support@example.com'],
    iam: { 'roles/run.developer': ['group:developers@example.com'] },
    roles: ['roles/datastore.user'],
    env: { TOKEN: { secret: 'token', version: '1' } },
    volumes: { files: { gcs: { bucket: 'acme-files' }, mountPath: '/files' } },
    taskQueues: { mail: { enqueuers: ['user:a@example.com'] } },
    schedules: { nightly: { schedule: '0 3 * * *' } },
  });
  const web = new CloudRunService(stack, 'web', {
    image: IMAGE,
    deletionProtection: false,
    access: 'public',
    ingress: 'internal-and-cloud-load-balancing',
    regions: ['europe-west1', 'us-central1'],
    serviceAccount: { name: 'front-end' },
    calls: [api],
  });
  const site = new CloudRunService(stack, 'site', { image: IMAGE, deletionProtection: false, access: 'public' });
  new DomainMapping(stack, 'www.example.com', { service: site, dnsZone: 'example-com' });
  new ExternalLoadBalancer(stack, 'edge', {
    domains: ['shop.example.com'],
    defaultService: web,
    deletionProtection: false,
    securityPolicy: { deny: ['192.0.2.0/24'] },
  });
  return stack;
}
