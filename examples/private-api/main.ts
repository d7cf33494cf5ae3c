import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** APIs for named callers; one of them under a policy that only Terraform writes. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const batch = 'serviceAccount:batch@acme-prod.iam.gserviceaccount.com';

  const api = new CloudRunService(prod, 'api', {
    image: 'europe-docker.pkg.dev/acme/apps/api:2.0.1',
    invokers: ['user:developer@example.com', 'group:support@example.com', batch, 'domain:example.com'],
    iam: { 'roles/run.developer': ['group:backend@example.com'] },
  });
  // Invokers can also be added later.
  api.grantInvoke(
    'principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci/attribute.repository/acme/api',
  );

  new CloudRunService(prod, 'billing', {
    image: 'europe-docker.pkg.dev/acme/apps/billing:1.1.0',
    invokerPolicy: 'authoritative',
    invokers: ['group:finance@example.com', batch],
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
