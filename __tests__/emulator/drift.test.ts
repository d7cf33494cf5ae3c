import { describeWithTerraform, useWorkspace } from './harness';
import { oneService, SERVICE, SERVICE_ID, service, serviceWith } from './stacks';

const INVOKER = 'roles/run.invoker';
const TYPE = 'google_cloud_run_v2_service';

describeWithTerraform('changes made outside Terraform', () => {
  const workspace = useWorkspace();

  function edit(change: object): void {
    Object.assign(workspace.current.cloud.find(TYPE, SERVICE_ID) ?? {}, change);
  }

  test('ingress opened by hand is seen and closed again', async () => {
    await workspace.current.write(oneService({ ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' })).apply();
    edit({ ingress: 'INGRESS_TRAFFIC_ALL' });
    const plan = await workspace.current.plan();
    expect(plan.drift).toEqual({ [SERVICE]: 'update' });
    expect(plan.actions).toEqual({ [SERVICE]: 'update' });
    expect(plan.change(SERVICE)).toMatchObject({
      before: { ingress: 'INGRESS_TRAFFIC_ALL' },
      after: { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' },
    });
  });

  test('ingress opened by hand is not seen if the configuration does not set it', async () => {
    await workspace.current.write(oneService()).apply();
    edit({ ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' });
    expect((await workspace.current.plan()).actions).toEqual({});
  });

  test('allUsers added by hand is removed by a binding and kept by a member', async () => {
    await workspace.current.write(serviceWith({ ann: 'user:ann@example.com' })).apply();
    workspace.current.cloud.setPolicy(SERVICE_ID, { [INVOKER]: ['allUsers', 'user:ann@example.com'] });
    expect((await workspace.current.plan()).actions).toEqual({});
    const binding = {
      ann: { name: 'api', location: 'europe-west1', role: INVOKER, members: ['user:ann@example.com'] },
    };
    await workspace.current
      .write({ resource: { ...oneService().resource, google_cloud_run_v2_service_iam_binding: binding } })
      .apply('-target=google_cloud_run_v2_service_iam_binding.ann');
    expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({ [INVOKER]: ['user:ann@example.com'] });
  });

  test('a grant removed by hand is created again', async () => {
    await workspace.current.write(serviceWith({ ann: 'user:ann@example.com' })).apply();
    workspace.current.cloud.setPolicy(SERVICE_ID, {});
    expect((await workspace.current.plan()).actions).toEqual({
      'google_cloud_run_v2_service_iam_member.ann': 'create',
    });
  });

  test('a service deleted by hand is created again with its grants', async () => {
    await workspace.current.write(serviceWith({ ann: 'user:ann@example.com' })).apply();
    workspace.current.cloud.remove(TYPE, SERVICE_ID);
    workspace.current.cloud.setPolicy(SERVICE_ID, {});
    expect((await workspace.current.plan()).actions).toEqual({
      [SERVICE]: 'create',
      'google_cloud_run_v2_service_iam_member.ann': 'create',
    });
  });

  test('a service re-created by hand has lost its grants', async () => {
    await workspace.current.write(serviceWith({ ann: 'user:ann@example.com' })).apply();
    await workspace.current.apply(`-replace=${SERVICE}`, `-target=${SERVICE}`);
    expect((await workspace.current.plan()).actions).toEqual({
      'google_cloud_run_v2_service_iam_member.ann': 'create',
    });
  });

  test('labels of others are kept, and only those of the configuration are restored', async () => {
    await workspace.current.write(oneService({ labels: { team: 'edge' } })).apply();
    edit({ effective_labels: { team: 'other', cost: '42', 'goog-terraform-provisioned': 'true' } });
    await workspace.current.apply();
    expect(workspace.current.cloud.find(TYPE, SERVICE_ID)?.effective_labels).toEqual({
      team: 'edge',
      cost: '42',
      'goog-terraform-provisioned': 'true',
    });
  });

  test('a deploy with gcloud differs in client, image and revision', async () => {
    await workspace.current.write(oneService()).apply();
    const template = JSON.parse(JSON.stringify(workspace.current.cloud.find(TYPE, SERVICE_ID)?.template));
    template[0].containers[0].image = 'api:2';
    edit({ client: 'gcloud', client_version: '500.0.0', template });
    expect((await workspace.current.plan()).change(SERVICE)).toMatchObject({
      before: { client: 'gcloud' },
      after: { client: null },
    });
    const ignoring = service({
      lifecycle: { ignore_changes: ['client', 'client_version', 'template[0].containers[0].image'] },
    });
    expect(await workspace.current.write({ resource: { [TYPE]: { api: ignoring } } }).isUpToDate()).toBe(true);
  });
});

describeWithTerraform('an import', () => {
  const workspace = useWorkspace();

  test('imports a service, with deletion protection on', async () => {
    await workspace.current.write(oneService()).apply();
    await workspace.current.terraform('state', 'rm', SERVICE);
    await workspace.current.import(SERVICE, SERVICE_ID);
    expect((await workspace.current.state(SERVICE)).deletion_protection).toBe(true);
    const plan = await workspace.current.plan();
    expect(plan.actions).toEqual({ [SERVICE]: 'update' });
    expect(plan.change(SERVICE)).toMatchObject({
      before: { deletion_protection: true },
      after: { deletion_protection: false },
    });
  });

  test('of a missing resource is refused', async () => {
    await expect(workspace.current.write(oneService()).import(SERVICE, SERVICE_ID)).rejects.toThrow(
      'Cannot import non-existent remote object',
    );
  });

  test('of an invalid id is refused with the valid forms', async () => {
    await expect(workspace.current.write(oneService()).import(SERVICE, 'a/b/c/d/e')).rejects.toThrow(
      "doesn't match any of the accepted formats",
    );
  });

  test('of a domain mapping with the attribution label plans a replacement, unless its metadata is ignored', async () => {
    const mapping = (more: object) => ({
      resource: {
        ...oneService().resource,
        google_cloud_run_domain_mapping: {
          www: {
            name: 'www.example.com',
            location: 'europe-west1',
            metadata: { namespace: 'acme-prod' },
            spec: { route_name: '${google_cloud_run_v2_service.api.name}' },
            ...more,
          },
        },
      },
    });
    const address = 'google_cloud_run_domain_mapping.www';
    await workspace.current.write(mapping({})).apply();
    await workspace.current.terraform('state', 'rm', address);
    await workspace.current.import(
      address,
      'locations/europe-west1/namespaces/acme-prod/domainmappings/www.example.com',
    );
    expect((await workspace.current.plan()).actions).toEqual({ [address]: 'delete+create' });
    expect(await workspace.current.write(mapping({ lifecycle: { ignore_changes: ['metadata'] } })).isUpToDate()).toBe(
      true,
    );
  });
});
