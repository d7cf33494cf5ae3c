import { describeWithTerraform, useWorkspace } from './harness';
import { loadBalancer } from './stacks';

describeWithTerraform('a load balancer', () => {
  const workspace = useWorkspace();

  test('is created, has no changes, and is destroyed in the right order', async () => {
    await workspace.current.write(loadBalancer()).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
    const { ip_address: address, port_range: ports } = await workspace.current.state(
      'google_compute_global_forwarding_rule.edge',
    );
    expect([address, ports]).toEqual([
      (await workspace.current.state('google_compute_global_address.edge')).address,
      '443-443',
    ]);
    await workspace.current.destroy();
    expect(workspace.current.cloud.data.resources).toEqual({});
  });

  test.each([
    ['google_compute_region_network_endpoint_group', { cloud_run: { service: 'other' } }],
    ['google_compute_managed_ssl_certificate', { managed: { domains: ['www.example.com', 'example.com'] } }],
    ['google_compute_security_policy', { name: 'other' }],
    ['google_compute_url_map', { name: 'other' }],
    ['google_compute_target_https_proxy', { name: 'other' }],
    ['google_compute_backend_service', { name: 'other' }],
  ])('a %s in use is not deleted', async (type, change) => {
    await workspace.current.write(loadBalancer()).apply();
    await expect(workspace.current.write(loadBalancer({ [type]: change })).apply()).rejects.toThrow(
      /Error 400: The \w+ resource '[^']+' is already being used by '[^']+', resourceInUseByAnotherResource/,
    );
  });

  test('an address in use is not deleted', async () => {
    await workspace.current.write(loadBalancer()).apply();
    const { address } = await workspace.current.state('google_compute_global_address.edge');
    const { google_compute_global_address: _, ...rest } = loadBalancer({
      google_compute_global_forwarding_rule: { ip_address: address },
    }).resource as { [type: string]: { [name: string]: object } };
    await expect(workspace.current.write({ resource: rest }).apply()).rejects.toThrow('resourceInUseByAnotherResource');
  });

  test('a certificate is replaced when the new one comes first, under another name', async () => {
    const certificate = (name: string, domains: string[]) =>
      loadBalancer({
        google_compute_managed_ssl_certificate: {
          name,
          managed: { domains },
          lifecycle: { create_before_destroy: true },
        },
      });
    await workspace.current.write(certificate('one', ['www.example.com'])).apply();
    await workspace.current.write(certificate('two', ['www.example.com', 'example.com'])).apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
    await expect(workspace.current.write(certificate('two', ['example.com'])).apply()).rejects.toThrow('Error 409');
  });

  test('of two schemes is refused', async () => {
    const stack = loadBalancer({ google_compute_backend_service: { load_balancing_scheme: 'EXTERNAL' } });
    await expect(workspace.current.write(stack).apply()).rejects.toThrow(
      /scheme EXTERNAL_MANAGED of the forwarding rule does not match the scheme EXTERNAL/,
    );
  });

  test.each([
    ['timeout_sec', { timeout_sec: 60 }],
    ['port_name', { port_name: 'web' }],
    ['health_checks', { health_checks: ['projects/acme-prod/global/healthChecks/web'] }],
  ])('%s is refused where the backend is serverless', async (_, change) => {
    await expect(
      workspace.current.write(loadBalancer({ google_compute_backend_service: change })).apply(),
    ).rejects.toThrow('is not supported for a backend service with Serverless network endpoint groups');
  });

  test('IAP stays on if its block is left out, and is disabled by enabled = false', async () => {
    const iap = (value: object) => loadBalancer({ google_compute_backend_service: value });
    await workspace.current.write(iap({ iap: { enabled: true } })).apply();
    expect(await workspace.current.write(iap({})).isUpToDate()).toBe(true);
    await workspace.current.write(iap({ iap: { enabled: false } })).apply();
    expect((await workspace.current.state('google_compute_backend_service.edge')).iap).toMatchObject([
      { enabled: false },
    ]);
  });

  test('two rules of one priority are refused while planning', async () => {
    const rule = (priority: number) => ({
      action: 'allow',
      priority,
      match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['*'] } },
      description: String(priority),
    });
    const twice = { ...rule(1), description: 'again' };
    const stack = loadBalancer({ google_compute_security_policy: { rule: [rule(1), twice, rule(2147483647)] } });
    await expect(workspace.current.write(stack).plan()).rejects.toThrow('Two rules have the same priority');
  });

  test('an address and an IP version cannot both be written', async () => {
    await expect(
      workspace.current.write(loadBalancer({ google_compute_global_forwarding_rule: { ip_version: 'IPV4' } })).apply(),
    ).rejects.toThrow('IP version can only be specified without an IP address');
  });
});
