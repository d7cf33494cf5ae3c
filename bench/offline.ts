import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Emulator } from '../emulator';

/**
 * The time that the emulator adds to Terraform's own: `npx tsx bench/offline.ts [services]`, by default 1,000 services, each with an
 * account and a grant. The emulator's time is the CPU time of this process, and Terraform's own what remains of the wall
 * time: they overlap, so Terraform's own is rather more than that and the ratio rather less.
 */
async function main(services: number): Promise<void> {
  process.stdout.write(row('seconds', 'wall', 'emulator', 'wall / terraform'));
  await bench(services, [
    ['validate', 'validate'],
    ['plan, all new', 'plan', '-input=false'],
    ['plan, -parallelism=50', 'plan', '-input=false', '-parallelism=50'],
  ]);
  // Terraform writes its whole state after every resource: an apply takes its time with the square of their number.
  await bench(Math.ceil(services / 5), [
    ['apply', 'apply', '-auto-approve', '-input=false'],
    ['plan, nothing to do', 'plan', '-input=false'],
  ]);
}

type Step = readonly [name: string, ...args: string[]];

async function bench(services: number, steps: readonly Step[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-bench-'));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(stackOf(services)));
  const emulator = await Emulator.start();
  process.stdout.write(`${services} services, ${3 * services} resources\n`);
  try {
    for (const [name, ...args] of steps) {
      const { wall, busy } = await measured(emulator, folder, args);
      process.stdout.write(row(`  ${name}`, wall.toFixed(2), busy.toFixed(2), (wall / (wall - busy)).toFixed(2)));
    }
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(name: string, ...cells: string[]): string {
  return `${name.padEnd(24)}${cells.map((cell) => cell.padStart(18)).join('')}\n`;
}

async function measured(emulator: Emulator, cwd: string, args: string[]): Promise<{ wall: number; busy: number }> {
  const env = emulator.environment(process.env) as NodeJS.ProcessEnv;
  const [start, before] = [performance.now(), process.cpuUsage()];
  await new Promise<void>((resolve, reject) => {
    execFile('terraform', args, { cwd, env, maxBuffer: 1024 ** 3 }, (error) => (error ? reject(error) : resolve()));
  });
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, busy: (user + system) / 1e6 };
}

/** Flat resources with literal arguments, as the generator writes them; the grant refers to its service. */
function stackOf(services: number): object {
  const names = Array.from({ length: services }, (_, n) => `service-${n}`);
  const each = (resource: (name: string) => object) => Object.fromEntries(names.map((name) => [name, resource(name)]));
  return {
    provider: { google: { project: 'acme-prod', region: 'europe-west1' } },
    resource: {
      google_service_account: each((name) => ({ account_id: name })),
      google_cloud_run_v2_service: each((name) => ({
        name,
        location: 'europe-west1',
        ingress: 'INGRESS_TRAFFIC_ALL',
        deletion_protection: true,
        scaling: { min_instance_count: 0 },
        template: {
          service_account: `\${google_service_account.${name}.email}`,
          containers: [{ image: 'europe-docker.pkg.dev/acme/apps/api:1', env: [{ name: 'LOG_LEVEL', value: 'info' }] }],
        },
      })),
      google_cloud_run_v2_service_iam_member: each((name) => ({
        name: `\${google_cloud_run_v2_service.${name}.name}`,
        location: 'europe-west1',
        role: 'roles/run.invoker',
        member: 'group:support@example.com',
      })),
    },
  };
}

main(Number(process.argv[2] ?? 1000));
