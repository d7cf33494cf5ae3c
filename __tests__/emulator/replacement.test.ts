import { describeWithTerraform, useWorkspace } from './harness';
import { oneService, SERVICE, SERVICE_ID } from './stacks';

describeWithTerraform('a replacement', () => {
  const workspace = useWorkspace();

  test('is forced by name, location and project, and by nothing else of a service', async () => {
    await workspace.current.write(oneService()).apply();
    const moved = await workspace.current.write(oneService({ location: 'us-central1' })).plan();
    expect(moved.actions).toEqual({ [SERVICE]: 'delete+create' });
    expect(moved.replacedBy(SERVICE)).toEqual(['location']);
    const changed = oneService(
      { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY', invoker_iam_disabled: true },
      { encryption_key: 'k' },
      { image: 'api:2' },
    );
    expect((await workspace.current.write(changed).plan()).actions).toEqual({ [SERVICE]: 'update' });
  });

  test('is forced by a value that is not known yet', async () => {
    const number = { random: 'location' };
    await workspace.current.write(oneService()).apply();
    const stack = {
      resource: {
        ...oneService({ location: '${terraform_data.location.output}' }).resource,
        terraform_data: { location: { input: number.random } },
      },
    };
    expect((await workspace.current.write(stack).plan()).replacedBy(SERVICE)).toEqual(['location']);
  });

  test('makes a new service: another uid, and nobody is bound', async () => {
    await workspace.current.write(oneService()).apply();
    workspace.current.cloud.setPolicy(SERVICE_ID, { 'roles/run.invoker': ['allUsers'] });
    const { uid } = await workspace.current.state(SERVICE);
    await workspace.current.apply(`-replace=${SERVICE}`);
    expect((await workspace.current.state(SERVICE)).uid).not.toBe(uid);
    expect(workspace.current.cloud.policy(SERVICE_ID)).toEqual({});
  });

  test('of a domain mapping is forced by everything, its labels included', async () => {
    const mapping = (metadata: object, spec: object = {}) => ({
      resource: {
        ...oneService().resource,
        google_cloud_run_domain_mapping: {
          www: {
            name: 'www.example.com',
            location: 'europe-west1',
            metadata: { namespace: 'acme-prod', ...metadata },
            spec: { route_name: '${google_cloud_run_v2_service.api.name}', ...spec },
          },
        },
      },
    });
    const address = 'google_cloud_run_domain_mapping.www';
    await workspace.current.write(mapping({})).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
    for (const changed of [
      mapping({ labels: { team: 'edge' } }),
      mapping({ namespace: '123456789012' }),
      mapping({}, { force_override: true }),
    ]) {
      expect((await workspace.current.write(changed).plan()).actions).toEqual({ [address]: 'delete+create' });
    }
  });

  test('of a set is forced by an element that differs', async () => {
    const trigger = (value: string) => ({
      resource: {
        ...oneService().resource,
        google_eventarc_trigger: {
          uploads: {
            name: 'uploads',
            location: 'europe-west1',
            matching_criteria: [{ attribute: 'type', value }],
            destination: { cloud_run_service: { service: 'api' } },
          },
        },
      },
    });
    await workspace.current.write(trigger('google.cloud.storage.object.v1.finalized')).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
    const plan = await workspace.current.write(trigger('google.cloud.storage.object.v1.deleted')).plan();
    expect(plan.replacedBy('google_eventarc_trigger.uploads')).toEqual(['matching_criteria']);
  });
});

describeWithTerraform('deletion protection', () => {
  const workspace = useWorkspace();

  test('is read from the state, so that it must be applied as off before a service can go', async () => {
    await workspace.current.write(oneService({ deletion_protection: true })).apply();
    await expect(workspace.current.destroy()).rejects.toThrow(
      'cannot destroy service without setting deletion_protection=false',
    );
    const off = oneService({ deletion_protection: false, location: 'us-central1' });
    await expect(workspace.current.write(off).apply()).rejects.toThrow('deletion_protection=false');
    await workspace.current.write(oneService({ deletion_protection: false })).apply();
    await workspace.current.destroy();
    expect(workspace.current.cloud.find('google_cloud_run_v2_service', SERVICE_ID)).toBeUndefined();
  });
});
