import { CloudRunDomainMapping } from '@cdktf/provider-google/lib/cloud-run-domain-mapping';
import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { type App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { MeasuredService, MeasuredStack } from './measured-stack';

/** The resources that the constructs make, written by hand with the provider's own constructs and cdktf's references. */
export function handWrittenStack(app: App, { project, region, services }: MeasuredStack): void {
  const stack = new TerraformStack(app, 'prod');
  new GoogleProvider(stack, 'google', { project, region });
  new LocalBackend(stack, { path: '../../../terraform.prod.tfstate' });
  const made = services.map((service) => [service.name, makeService(stack, project, region, service)] as const);
  new TerraformOutput(stack, 'services', {
    staticId: true,
    value: Object.fromEntries(made.map(([name, { service }]) => [name, describe(service)])),
  });
  new TerraformOutput(stack, 'dns_records', {
    staticId: true,
    value: Object.fromEntries(
      made.flatMap(([, { mapping }]) => (mapping ? [[mapping.nameInput, mapping.status.get(0).resourceRecords]] : [])),
    ),
  });
}

function makeService(
  stack: TerraformStack,
  project: string,
  region: string,
  { name, image, ...options }: MeasuredService,
) {
  const account = new ServiceAccount(stack, `${name}-account`, {
    project,
    accountId: name,
    displayName: `Cloud Run service ${name}`,
    lifecycle: { createBeforeDestroy: true },
  });
  const service = new CloudRunV2Service(stack, name, {
    project,
    location: region,
    name,
    deletionProtection: true,
    ingress: 'INGRESS_TRAFFIC_ALL',
    invokerIamDisabled: false,
    scaling: { minInstanceCount: 0 },
    template: template(image, account.email),
    traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 }],
    lifecycle: { ignoreChanges: ['client', 'client_version', 'template[0].scaling[0].max_instance_count'] },
  });
  new CloudRunV2ServiceIamMember(stack, `${name}-invoker`, {
    project,
    location: region,
    name: service.name,
    role: 'roles/run.invoker',
    member: options.invoker ?? 'allUsers',
    lifecycle: { replaceTriggeredBy: [service.uid] },
  });
  const mapping = options.domain
    ? new CloudRunDomainMapping(stack, `${name}-domain`, {
        project,
        location: region,
        name: options.domain,
        metadata: { namespace: project },
        spec: { routeName: service.name, certificateMode: 'AUTOMATIC', forceOverride: false },
        lifecycle: { ignoreChanges: ['metadata'], preventDestroy: true },
      })
    : undefined;
  return { service, mapping };
}

function template(image: string, serviceAccount: string) {
  return {
    serviceAccount,
    sessionAffinity: false,
    timeout: '300s',
    maxInstanceRequestConcurrency: 80,
    scaling: { minInstanceCount: 0 },
    containers: [
      {
        image,
        ports: { name: 'http1', containerPort: 8080 },
        resources: { limits: { cpu: '1', memory: '512Mi' }, cpuIdle: true, startupCpuBoost: true },
        startupProbe: {
          initialDelaySeconds: 0,
          periodSeconds: 240,
          timeoutSeconds: 240,
          failureThreshold: 1,
          tcpSocket: { port: 8080 },
        },
      },
    ],
  };
}

function describe(service: CloudRunV2Service) {
  return {
    uri: service.uri,
    urls: service.urls,
    ingress: service.ingress,
    region: service.location,
    service_account: service.template.serviceAccount,
  };
}
