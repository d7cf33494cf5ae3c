import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A public service in an organization that refuses `allUsers` and has other policies. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    region: 'europe-west1',
    organizationPolicies: {
      allowedPolicyMemberDomains: ['example.com'],
      allowedIngress: ['all', 'internal'],
      requireInvokerIam: false,
      allowedVpcEgress: ['all-traffic'],
      allowedBinaryAuthorizationPolicies: ['default'],
    },
  });
  const requiredByPolicies = {
    network: 'default',
    subnet: 'default',
    vpcEgress: 'all-traffic',
    binaryAuthorization: 'default',
  } as const;

  new CloudRunService(prod, 'web', {
    ...requiredByPolicies,
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access: 'public',
    invokerIamCheck: false,
  });
  new CloudRunService(prod, 'intranet', {
    ...requiredByPolicies,
    image: 'europe-docker.pkg.dev/acme/apps/intranet:1.0.3',
    ingress: 'internal',
    invokers: ['domain:example.com'],
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
