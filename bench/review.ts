import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTerraformFiles } from '../cli/terraform-file';
import { exposureMarkdown, exposureOf } from '../exposure';
import { reviewMarkdown, reviewPlan } from '../review';

const SIZES = [100, 1000, 5000, 25_000];
const RUNS = 3;
/** With this many services or more, one run is long enough to measure. */
const SLOW = 5000;

/**
 * A plan in which each service ships an image, gets a caller, and is behind one load balancer with a host of its own. As Terraform
 * writes it, the prior state has the values before the change, and the planned values have those after it.
 */
function planWith(services: number): object {
  const names = Array.from({ length: services }, (_, i) => `svc-${i}`);
  const changes = [...names.flatMap((name) => serviceChanges(name)), ...loadBalancer(names)];
  const values = (side: 'before' | 'after') => ({
    root_module: {
      resources: changes.flatMap(({ address, mode, type, name, change }) =>
        change[side] === null ? [] : [{ address, mode, type, name, values: change[side], sensitive_values: {} }],
      ),
    },
  });
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: values('after'),
    resource_changes: changes,
    prior_state: { format_version: '1.0', values: values('before') },
    configuration: { root_module: { resources: changes.map(({ address }) => ({ address, expressions: {} })) } },
  };
}

interface ChangeJson {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: object | null;
    readonly after: object | null;
    readonly after_unknown: object;
  };
}

const project = 'acme-prod';
const location = 'europe-west1';

function serviceChanges(name: string): ChangeJson[] {
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

function loadBalancer(names: readonly string[]): ChangeJson[] {
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

function change(type: string, name: string, before: object | null, after: object | null = before): ChangeJson {
  const actions = before === null ? ['create'] : before === after ? ['no-op'] : ['update'];
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    change: { actions, before, after, after_unknown: {} },
  };
}

/** The work of each command with a file, without printing. */
const COMMANDS: Readonly<Record<string, (file: string) => string>> = {
  exposure: (path) => exposureMarkdown({ stacks: plansIn(path).map(({ name, plan }) => exposureOf(name, plan.after)) }),
  review: (path) => reviewMarkdown(plansIn(path).map(({ name, plan }) => reviewPlan(name, path, plan))),
};

function plansIn(path: string) {
  return readTerraformFiles([path]).map(({ name, json }) => {
    if (json.kind !== 'plan') throw new Error(`read as a ${json.kind}`);
    return { name, plan: json.plan };
  });
}

interface Measured {
  readonly seconds: number;
  readonly peakMiB: number;
}

/** Runs a command once, in a process of its own, and prints its time and memory. */
function measureHere(command: string, file: string): void {
  const start = performance.now();
  COMMANDS[command]?.(file);
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}

function measure(command: string, file: string, runs: number): Measured {
  const measured = Array.from({ length: runs }, () => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', __filename, command, file]);
    return JSON.parse(output.toString()) as Measured;
  });
  return measured.sort((a, b) => a.seconds - b.seconds)[runs >> 1] as Measured;
}

function report(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  console.log(`median of ${RUNS} runs, of one from ${SLOW} services on`);
  for (const services of SIZES) {
    const file = join(folder, `${services}.json`);
    writeFileSync(file, JSON.stringify(planWith(services)));
    const size = (statSync(file).size / 2 ** 20).toFixed(1).padStart(5);
    for (const command of Object.keys(COMMANDS)) {
      const { seconds, peakMiB } = measure(command, file, services < SLOW ? RUNS : 1);
      const each = ((seconds * 1e6) / services).toFixed(0).padStart(6);
      console.log(
        `${String(services).padStart(6)} services  ${size} MiB plan  ${command.padEnd(8)} ${seconds.toFixed(2).padStart(6)} s  ${each} µs a service  ${peakMiB.toFixed(0).padStart(5)} MiB peak`,
      );
    }
    rmSync(file);
  }
  rmSync(folder, { recursive: true });
}

const [command, file] = process.argv.slice(2);
if (command && file) measureHere(command, file);
else report();
