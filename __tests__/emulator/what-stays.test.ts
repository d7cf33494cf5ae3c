import { describeWithTerraform, useWorkspace } from './harness';

describeWithTerraform('an existing record set', () => {
  const workspace = useWorkspace();

  test('is overwritten without a warning', async () => {
    const id = 'projects/acme-prod/managedZones/example/rrsets/www.example.com./A';
    workspace.current.cloud.put('google_dns_record_set', id, {
      name: 'www.example.com.',
      type: 'A',
      rrdatas: ['192.0.2.1'],
    });
    const record = { managed_zone: 'example', name: 'www.example.com.', type: 'A', ttl: 300, rrdatas: ['192.0.2.2'] };
    await workspace.current.write({ resource: { google_dns_record_set: { www: record } } }).apply();
    expect(workspace.current.cloud.find('google_dns_record_set', id)?.rrdatas).toEqual(['192.0.2.2']);
  });
});

describeWithTerraform('an enabled API', () => {
  const workspace = useWorkspace();

  test.each([
    [true, false],
    [false, true],
  ])('with disable_on_destroy %s is left on afterwards: %s', async (disable, left) => {
    const api = { service: 'run.googleapis.com', disable_on_destroy: disable };
    await workspace.current.write({ resource: { google_project_service: { run: api } } }).apply();
    await workspace.current.destroy();
    const kept = workspace.current.cloud.find('google_project_service', 'acme-prod/run.googleapis.com');
    expect(kept !== undefined).toBe(left);
  });
});
