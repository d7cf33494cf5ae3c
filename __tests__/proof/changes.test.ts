import type { CloudRunServiceProps } from '../../constructs';
import { describeWithTerraform, useWorkspace } from '../emulator/harness';
import type { Plan } from '../emulator/plan';
import { servicesOf } from './configuration';

type Props = Partial<CloudRunServiceProps<string>>;

const SERVICE = 'google_cloud_run_v2_service.api';
const MEMBER = 'google_cloud_run_v2_service_iam_member';
const BINDING = 'google_cloud_run_v2_service_iam_binding.api_invokers';
const POLICY = 'projects/acme-prod/locations/europe-west1/services/api';
const INVOKER = 'roles/run.invoker';
const SERVICE_TYPE = 'google_cloud_run_v2_service';

describeWithTerraform('a change affects only its own resources', () => {
  const used = useWorkspace();

  /** The plan of a change of the service `api`, on top of the applied resources. */
  async function change(before: Props, after: Props): Promise<Plan> {
    await used.current.write(servicesOf({ api: before })).apply();
    return used.current.write(servicesOf({ api: after })).plan();
  }

  function invokers(): string[] {
    return used.current.cloud.policy(POLICY)[INVOKER] ?? [];
  }

  test('public to private removes one grant', async () => {
    const plan = await change({ access: 'public' }, {});
    expect(plan.actions).toEqual({ [`${MEMBER}.api_public`]: 'delete' });
    expect(plan.change(SERVICE).actions).toEqual(['no-op']);
    await used.current.applyPlan();
    expect(invokers()).toEqual([]);
  });

  test('private to public adds one grant', async () => {
    const plan = await change({}, { access: 'public' });
    expect(plan.actions).toEqual({ [`${MEMBER}.api_public`]: 'create' });
    await used.current.applyPlan();
    expect(invokers()).toEqual(['allUsers']);
  });

  test('switching the invoker check off instead of granting everybody updates the service in place', async () => {
    const plan = await change({ access: 'public' }, { access: 'public', invokerIamCheck: false });
    expect(plan.actions).toEqual({ [`${MEMBER}.api_public`]: 'delete', [SERVICE]: 'update' });
    await used.current.applyPlan();
    expect(await used.current.isUpToDate()).toBe(true);
    expect(await used.current.state(SERVICE)).toMatchObject({ invoker_iam_disabled: true });
  });

  test('ingress changes between its three values in place, and is in state and outputs', async () => {
    await used.current.write(servicesOf({ api: { ingress: 'internal' } })).apply();
    const values = [
      ['internal-and-cloud-load-balancing', 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER'],
      ['all', 'INGRESS_TRAFFIC_ALL'],
      ['internal', 'INGRESS_TRAFFIC_INTERNAL_ONLY'],
    ] as const;
    for (const [ingress, written] of values) {
      const plan = await used.current.write(servicesOf({ api: { ingress } })).plan();
      expect(plan.actions).toEqual({ [SERVICE]: 'update' });
      await used.current.applyPlan();
      expect(await used.current.state(SERVICE)).toMatchObject({ ingress: written });
      expect(await used.current.outputs()).toMatchObject({ services: { api: { ingress: written } } });
    }
  });

  test('invokers come and go one at a time', async () => {
    const [a, b] = ['user:a@example.com', 'user:b@example.com'];
    const added = await change({ invokers: [a] }, { invokers: [b, a] });
    expect(added.actions).toEqual({ [`${MEMBER}.api_invoker_user_b_at_example_com`]: 'create' });
    await used.current.applyPlan();
    const removed = await used.current.write(servicesOf({ api: { invokers: [b] } })).plan();
    expect(removed.actions).toEqual({ [`${MEMBER}.api_invoker_user_a_at_example_com`]: 'delete' });
    await used.current.applyPlan();
    expect(invokers()).toEqual([b]);
  });

  test('from additive to authoritative, callers in the file keep access, and others lose it', async () => {
    const stays = 'user:a@example.com';
    const plan = await change({ invokers: [stays] }, { invokers: [stays], invokerPolicy: 'authoritative' });
    expect(plan.actions).toEqual({
      [`${MEMBER}.api_invoker_user_a_at_example_com`]: 'forget',
      [BINDING]: 'create',
    });
    used.current.cloud.setPolicy(POLICY, { [INVOKER]: [stays, 'user:by-hand@example.com'] });
    await used.current.applyPlan();
    expect(invokers()).toEqual([stays]);
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('from authoritative to additive, a second apply restores lost access, as the documentation says', async () => {
    const props: Props = { invokers: ['user:a@example.com'] };
    const plan = await change({ ...props, invokerPolicy: 'authoritative' }, props);
    expect(plan.actions).toEqual({
      [`${MEMBER}.api_invoker_user_a_at_example_com`]: 'create',
      [BINDING]: 'delete',
    });
    await used.current.applyPlan();
    await used.current.apply();
    expect(invokers()).toEqual(['user:a@example.com']);
  });

  test('a domain is added beside the service', async () => {
    const plan = await change({ access: 'public' }, { access: 'public', domains: ['www.example.com'] });
    expect(plan.actions).toEqual({ 'google_cloud_run_domain_mapping.www_example_com': 'create' });
    await used.current.applyPlan();
    expect(await used.current.outputs()).toMatchObject({
      dns_records: { 'www.example.com': [{ type: 'CNAME', value: 'ghs.googlehosted.com.' }] },
    });
  });

  test('a protected domain does not move to another service', async () => {
    const domains = ['www.example.com'];
    const services = { api: { domains, deletionProtection: true }, web: { deletionProtection: true } };
    await used.current.write(servicesOf(services)).apply();
    const moved = { api: { deletionProtection: true }, web: { domains, deletionProtection: true } };
    await expect(used.current.write(servicesOf(moved)).plan()).rejects.toThrow(/Instance cannot be destroyed/);
  });

  test('an unprotected domain moves by being mapped anew', async () => {
    await used.current.write(servicesOf({ api: { domains: ['www.example.com'] }, web: {} })).apply();
    const plan = await used.current.write(servicesOf({ api: {}, web: { domains: ['www.example.com'] } })).plan();
    expect(plan.actions).toEqual({ 'google_cloud_run_domain_mapping.www_example_com': 'delete+create' });
    await used.current.applyPlan();
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('another region replaces the service and, after it, its grants', async () => {
    const plan = await change({ access: 'public' }, { access: 'public', region: 'us-central1' });
    expect(plan.actions).toEqual({ [SERVICE]: 'delete+create', [`${MEMBER}.api_public`]: 'delete+create' });
    await used.current.applyPlan();
    expect(used.current.cloud.policy(POLICY.replace('europe-west1', 'us-central1'))).toEqual({
      [INVOKER]: ['allUsers'],
    });
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('a protected service does not move to another region', async () => {
    const plan = await change({ deletionProtection: true }, { deletionProtection: true, region: 'us-central1' });
    expect(plan.actions).toEqual({ [SERVICE]: 'delete+create' });
    await expect(used.current.applyPlan()).rejects.toThrow(/deletion_protection/);
  });

  test('a service that gets regions stays in the first one', async () => {
    const plan = await change({ access: 'public' }, { access: 'public', regions: ['europe-west1', 'us-central1'] });
    expect(plan.actions).toEqual({
      'google_cloud_run_v2_service.api_us-central1': 'create',
      [`${MEMBER}.api_us-central1_public`]: 'create',
    });
  });

  test('another image is a new revision and nothing else', async () => {
    const plan = await change({}, { image: 'europe-docker.pkg.dev/acme/apps/api:2.0.0' });
    expect(plan.actions).toEqual({ [SERVICE]: 'update' });
    const { before, after } = plan.change(SERVICE);
    const differing = Object.keys(after ?? {}).filter(
      (argument) => JSON.stringify(before?.[argument]) !== JSON.stringify(after?.[argument]),
    );
    expect(differing).toEqual(['template']);
    await used.current.applyPlan();
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('an image that is deployed outside stays with imageUpdates: external', async () => {
    const props: Props = { imageUpdates: 'external', trafficUpdates: 'external' };
    await used.current.write(servicesOf({ api: props })).apply();
    deployByHand();
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('an image that is deployed outside is replaced by default', async () => {
    await used.current.write(servicesOf({ api: {} })).apply();
    deployByHand();
    const plan = await used.current.plan();
    expect(plan.actions).toEqual({ [SERVICE]: 'update' });
  });

  /** The changes that `gcloud run deploy --image` and Cloud Build make. */
  function deployByHand(): void {
    const service = structuredClone(used.current.cloud.find(SERVICE_TYPE, POLICY)) as {
      client: string;
      client_version: string;
      template: { labels: Record<string, string>; revision: string; containers: { image: string; name: string }[] }[];
    };
    const [template] = service.template;
    const container = template?.containers[0];
    if (!template || !container) throw new Error('the service has no container');
    Object.assign(service, { client: 'gcloud', client_version: '560.0.0' });
    Object.assign(template, {
      labels: {
        'client.knative.dev/nonce': 'abc',
        'gcb-build-id': '42',
        'managed-by': 'gcp-cloud-build-deploy-cloud-run',
      },
      revision: 'api-00002-xyz',
    });
    Object.assign(container, { image: 'europe-docker.pkg.dev/acme/apps/api:by-hand', name: 'api-1' });
    used.current.cloud.put(SERVICE_TYPE, POLICY, service);
  }
});
