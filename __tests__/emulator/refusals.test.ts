import { describeWithTerraform, useWorkspace } from './harness';
import { loadBalancer, oneService, SERVICE, SERVICE_ID, service } from './stacks';

const TYPE = 'google_cloud_run_v2_service';

describeWithTerraform('Cloud Run refuses', () => {
  const workspace = useWorkspace();

  test('a second service of one name', async () => {
    await workspace.current.write(oneService()).apply();
    await workspace.current.terraform('state', 'rm', SERVICE);
    await expect(workspace.current.apply()).rejects.toThrow(
      /Error creating Service: googleapi: Error 409: .*already exists/,
    );
  });

  const several = (ingress: number) =>
    [1, 2].map((n) => ({ image: 'i', name: `c${n}`, ...(n <= ingress && { ports: { container_port: 80 } }) }));

  test.each([
    [
      'a variable it sets itself',
      {},
      {},
      { env: [{ name: 'PORT', value: '80' }] },
      'The following reserved env names were provided: PORT',
    ],
    [
      'two of them',
      {},
      {},
      { env: [{ name: 'K_SERVICE' }, { name: 'K_REVISION' }] },
      'reserved env names were provided: K_REVISION, K_SERVICE',
    ],
    [
      'several containers none of which takes requests',
      {},
      { containers: several(0) },
      {},
      'exactly one container with an exposed port',
    ],
    [
      'several containers that take requests',
      {},
      { containers: several(2) },
      {},
      'exactly one container with an exposed port',
    ],
    ['a name that is too long', { name: 'a'.repeat(50) }, {}, {}, 'must be less than 50 characters'],
    [
      'a label of its own',
      { labels: { 'run.googleapis.com/x': 'y' } },
      {},
      {},
      "'run.googleapis.com/x' is not allowed",
    ],
    [
      'a connector and a network',
      {},
      { vpc_access: { connector: 'c', network_interfaces: [{ network: 'default' }] } },
      {},
      'mutually exclusive',
    ],
    ['a volume without a source', {}, { volumes: [{ name: 'v' }] }, {}, "volume 'v' must have exactly one source"],
    [
      'a revision that is not named after the service',
      {},
      { revision: 'blue' },
      {},
      'must be prefixed by the name of the service',
    ],
    [
      'a secret its account may not read',
      {},
      {},
      { env: [{ name: 'S', value_source: { secret_key_ref: { secret: 'db-password', version: '3' } } }] },
      'Permission denied on secret: projects/',
    ],
    [
      'a volume of such a secret',
      {},
      { volumes: [{ name: 'v', secret: { secret: 'projects/acme-shared/secrets/key' } }] },
      {},
      'Permission denied on secret: projects/',
    ],
  ])('%s', async (_, arguments_, template, container, message) => {
    await expect(workspace.current.write(oneService(arguments_, template, container)).apply()).rejects.toThrow(message);
  });

  test('only the container that takes the requests may not set PORT', async () => {
    const containers = [
      { image: 'i', name: 'main', ports: { container_port: 80 } },
      { image: 'i', name: 'side', env: [{ name: 'PORT', value: '81' }] },
    ];
    await workspace.current.write(oneService({}, { containers })).apply();
    expect(workspace.current.cloud.find(TYPE, SERVICE_ID)).toBeDefined();
  });

  test('a template that changes under a revision that keeps its name', async () => {
    await workspace.current.write(oneService({}, { revision: 'api-one' })).apply();
    await expect(
      workspace.current.write(oneService({}, { revision: 'api-one' }, { image: 'api:2' })).apply(),
    ).rejects.toThrow("Error 409: Revision named 'api-one' with different configuration already exists");
    await workspace.current.write(oneService({}, { revision: 'api-two' }, { image: 'api:2' })).apply();
    expect((await workspace.current.state(SERVICE)).latest_ready_revision).toBe(`${SERVICE_ID}/revisions/api-two`);
  });

  test('ingress that the organisation does not allow', async () => {
    workspace.current.cloud.data.organizationPolicies['acme-prod'] = {
      allowedIngress: ['INGRESS_TRAFFIC_INTERNAL_ONLY'],
    };
    await expect(workspace.current.write(oneService()).apply()).rejects.toThrow(
      'constraints/run.allowedIngress violated',
    );
    await workspace.current.write(oneService({ ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' })).apply();
  });

  test('a service that cannot start is there, tainted, and stuck while it is protected', async () => {
    const env = [{ name: 'S', value_source: { secret_key_ref: { secret: 'db-password', version: '3' } } }];
    const stack = (isProtected: boolean) => oneService({ deletion_protection: isProtected }, {}, { env });
    await expect(workspace.current.write(stack(true)).apply()).rejects.toThrow('Permission denied on secret');
    expect(workspace.current.cloud.find(TYPE, SERVICE_ID)?.terminal_condition).toMatchObject([
      { state: 'CONDITION_FAILED' },
    ]);
    expect((await workspace.current.plan()).actions).toEqual({ [SERVICE]: 'delete+create' });
    await expect(workspace.current.write(stack(false)).apply()).rejects.toThrow('deletion_protection=false');
  });

  test('a secret is read by the account that was granted it, on the secret or on its project', async () => {
    const env = [{ name: 'S', value_source: { secret_key_ref: { secret: 'db-password', version: '3' } } }];
    const account = { google_service_account: { api: { account_id: 'api-account' } } };
    const grant = {
      api: {
        secret_id: 'db-password',
        role: 'roles/secretmanager.secretAccessor',
        member: '${google_service_account.api.member}',
      },
    };
    const template = { service_account: '${google_service_account.api.email}' };
    const own = service({ depends_on: ['google_secret_manager_secret_iam_member.api'] }, template, { env });
    await workspace.current
      .write({ resource: { ...account, google_secret_manager_secret_iam_member: grant, [TYPE]: { api: own } } })
      .apply();
    expect(await workspace.current.isUpToDate()).toBe(true);
  });
});

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

  test('of a service that is not there is refused', async () => {
    const stack = { resource: { google_cloud_run_domain_mapping: { www: mapping('www.example.com', 'api') } } };
    await expect(workspace.current.write(stack).apply()).rejects.toThrow("Route 'api' does not exist");
  });

  test('says which records the domain needs', async () => {
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
    expect(await records('example_com')).toMatchObject([{ resource_records: [{ type: 'A' }, { type: 'AAAA' }] }]);
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

describeWithTerraform('a load balancer', () => {
  const workspace = useWorkspace();

  test('comes up, is up to date, and is taken down in the right order', async () => {
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

  test('IAP stays on when its block is left out, and goes off when it says so', async () => {
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

describeWithTerraform('an existing record set', () => {
  const workspace = useWorkspace();

  test('is overwritten without a word', async () => {
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
