import { describeWithTerraform, useWorkspace } from './harness';
import { oneService } from './stacks';

describeWithTerraform('a domain mapping', () => {
  const workspace = useWorkspace();

  const mapping = (name: string, route: string, more: object = {}) => ({
    name,
    location: 'europe-west1',
    metadata: { namespace: 'acme-prod' },
    spec: { route_name: route, ...more },
  });

  test('of a domain that is mapped already is refused, wherever that is, unless it is overridden', async () => {
    workspace.current.cloud.put(
      'google_cloud_run_domain_mapping',
      'locations/us-central1/namespaces/acme-old/domainmappings/www.example.com',
      {
        name: 'www.example.com',
      },
    );
    const stack = (more: object) => ({
      resource: {
        ...oneService().resource,
        google_cloud_run_domain_mapping: {
          www: mapping('www.example.com', '${google_cloud_run_v2_service.api.name}', more),
        },
      },
    });
    await expect(workspace.current.write(stack({})).apply()).rejects.toThrow(
      /Error creating DomainMapping: googleapi: Error 409/,
    );
    await workspace.current.write(stack({ force_override: true })).apply();
  });

  test('of a missing service is refused', async () => {
    const stack = { resource: { google_cloud_run_domain_mapping: { www: mapping('www.example.com', 'api') } } };
    await expect(workspace.current.write(stack).apply()).rejects.toThrow("Route 'api' does not exist");
  });

  test('has the records that the domain needs', async () => {
    const names = ['www.example.com', 'example.com'];
    const mappings = Object.fromEntries(
      names.map((name) => [name.replaceAll('.', '_'), mapping(name, '${google_cloud_run_v2_service.api.name}')]),
    );
    await workspace.current
      .write({ resource: { ...oneService().resource, google_cloud_run_domain_mapping: mappings } })
      .apply();
    const records = async (name: string) =>
      (await workspace.current.state(`google_cloud_run_domain_mapping.${name}`)).status;
    expect(await records('www_example_com')).toMatchObject([
      { resource_records: [{ type: 'CNAME', name: 'www', rrdata: 'ghs.googlehosted.com.' }] },
    ]);
    expect(await records('example_com')).toMatchObject([
      { resource_records: [...Array(4).fill({ type: 'A' }), ...Array(4).fill({ type: 'AAAA' })] },
    ]);
  });

  test('shows the project’s id as its namespace, whatever was written', async () => {
    const other = {
      ...mapping('www.example.com', '${google_cloud_run_v2_service.api.name}'),
      metadata: { namespace: '123456789012' },
    };
    await workspace.current
      .write({ resource: { ...oneService().resource, google_cloud_run_domain_mapping: { www: other } } })
      .apply();
    expect((await workspace.current.plan()).actions).toEqual({
      'google_cloud_run_domain_mapping.www': 'delete+create',
    });
  });

  test('whose namespace is not known while planning fails when it is applied', async () => {
    const later = { ...mapping('www.example.com', 'api'), metadata: { namespace: '${terraform_data.project.output}' } };
    const resource = {
      ...oneService().resource,
      terraform_data: { project: { input: 'acme-prod' } },
      google_cloud_run_domain_mapping: { www: later },
    };
    await expect(workspace.current.write({ resource }).apply()).rejects.toThrow(
      'Provider produced inconsistent final plan',
    );
  });

  test('without metadata cannot be planned', async () => {
    const { metadata: _, ...bare } = mapping('www.example.com', 'api');
    await expect(
      workspace.current.write({ resource: { google_cloud_run_domain_mapping: { www: bare } } }).plan(),
    ).rejects.toThrow('metadata');
  });
});
