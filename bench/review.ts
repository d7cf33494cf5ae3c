import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTerraformJson } from '../exposure';
import { reviewJson, reviewPlan } from '../review';

const SIZES = [100, 1000, 2000, 5000];
const RUNS = 3;

/** A plan in which each service ships an image, gets a caller, and is behind one load balancer with a host of its own. */
function planWith(services: number): object {
  const names = Array.from({ length: services }, (_, i) => `svc-${i}`);
  const lists = names.map((name) => serviceChanges(name));
  return { format_version: '1.2', planned_values: {}, resource_changes: [...lists.flat(), ...loadBalancer(names)] };
}

const project = 'acme-prod';
const location = 'europe-west1';

function serviceChanges(name: string): object[] {
  const image = (tag: string) => ({
    template: [{ containers: [{ image: `europe-docker.pkg.dev/acme/apps/${name}:${tag}`, env: env(name) }] }],
  });
  const service = {
    name,
    location,
    project,
    ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
    uri: `https://${name}-abc-ew.a.run.app`,
  };
  const grant = { name, location, project, role: 'roles/run.invoker' };
  const global = `projects/${project}/global`;
  const group = `projects/${project}/regions/${location}/networkEndpointGroups/${name}`;
  return [
    change('google_cloud_run_v2_service', name, { ...service, ...image('1') }, { ...service, ...image('2') }),
    change('google_cloud_run_v2_service_iam_member', `${name}_old`, { ...grant, member: 'group:ops@example.com' }),
    change('google_cloud_run_v2_service_iam_member', `${name}_new`, null, {
      ...grant,
      member: `user:${name}@example.com`,
    }),
    change('google_service_account', name, {
      account_id: name,
      project,
      email: `${name}@${project}.iam.gserviceaccount.com`,
    }),
    change('google_compute_region_network_endpoint_group', name, {
      name,
      region: location,
      project,
      cloud_run: [{ service: name }],
    }),
    change('google_compute_backend_service', name, {
      name,
      project,
      security_policy: `${global}/securityPolicies/edge`,
      backend: [{ group }],
    }),
  ];
}

function env(name: string): object[] {
  return Array.from({ length: 10 }, (_, i) => ({ name: `SETTING_${i}`, value: `${name} ${i}`, value_source: [] }));
}

function loadBalancer(names: readonly string[]): object[] {
  const global = `projects/${project}/global`;
  return [
    change('google_compute_url_map', 'edge', {
      name: 'edge',
      project,
      host_rule: names.map((name) => ({ hosts: [`${name}.example.com`], path_matcher: name })),
      path_matcher: names.map((name) => ({ name, default_service: `${global}/backendServices/${name}` })),
    }),
    change('google_compute_target_https_proxy', 'edge', { name: 'edge', project, url_map: `${global}/urlMaps/edge` }),
    change('google_compute_global_forwarding_rule', 'edge', {
      name: 'edge',
      project,
      target: `${global}/targetHttpsProxies/edge`,
    }),
  ];
}

function change(type: string, name: string, before: object | null, after: object | null = before): object {
  const actions = before === null ? ['create'] : before === after ? ['no-op'] : ['update'];
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    change: { actions, before, after, after_unknown: {} },
  };
}

interface Measured {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly findings: number;
}

/** Reads and reviews once, in a process of its own, and prints what it took. */
function measureHere(file: string): void {
  const start = performance.now();
  const read = readTerraformJson(readFileSync(file, 'utf8'));
  if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
  const review = reviewPlan('bench', file, read.plan);
  reviewJson([review]);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024, findings: review.findings.length }),
  );
}

function measure(file: string): Measured {
  const runs = Array.from({ length: RUNS }, () => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', __filename, file]);
    return JSON.parse(output.toString()) as Measured;
  });
  return runs.sort((a, b) => a.seconds - b.seconds)[RUNS >> 1] as Measured;
}

function report(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  console.log(`median of ${RUNS} runs; 1.0 x is linear from the size before`);
  let previous: { readonly services: number; readonly seconds: number } | undefined;
  for (const services of SIZES) {
    const file = join(folder, `${services}.json`);
    writeFileSync(file, JSON.stringify(planWith(services)));
    const { seconds, peakMiB, findings } = measure(file);
    const growth = previous ? `${(seconds / previous.seconds / (services / previous.services)).toFixed(2)} x` : '';
    const size = (statSync(file).size / 2 ** 20).toFixed(1).padStart(5);
    console.log(
      `${String(services).padStart(5)} services  ${size} MiB plan  ${seconds.toFixed(2)} s  ${peakMiB.toFixed(0).padStart(4)} MiB peak  ${findings} findings  ${growth}`,
    );
    previous = { services, seconds };
  }
  rmSync(folder, { recursive: true });
}

const [file] = process.argv.slice(2);
if (file) measureHere(file);
else report();
