import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Cloud, copyForPlan, deployed, plannedOn } from '../emulator';

/**
 * `preview` of a change of every service beside Terraform alone, in one run: `npx tsx bench/preview.ts [services]`, by default
 * 1,000. Terraform alone is two plans and two `show -json` of stacks that are synthesized already.
 */
async function main(services: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-bench-'));
  const tool = resolve(__dirname, '../bin/cdktf-cloud-run.js');
  const run = (command: string, ...args: readonly string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1024 ** 3 });
  try {
    run('git', 'init', '--quiet', '--initial-branch=main');
    const stacks = ['1', '2'].map((tag) => {
      writeFileSync(join(folder, 'services.yaml'), servicesWith(services, tag));
      run(process.execPath, tool, 'synth', 'services.yaml', '--quiet');
      if (tag === '1') {
        run('git', 'add', 'services.yaml');
        run('git', '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '--message=base');
      }
      return copyForPlan(join(folder, 'cdktf.out/stacks/prod'), join(folder, `bare-${tag}`));
    });
    const [before, after] = stacks.map((copy) => ({ ...copy, environment: process.env }));
    if (!before || !after) return;
    const bare = await seconds(async () => void (await plannedOn(after, await deployed(before, new Cloud()))));
    const whole = await seconds(async () => void run(process.execPath, tool, 'preview', '--format', 'json'));
    process.stdout.write(
      `${services} services: Terraform alone ${bare.toFixed(1)} s, preview ${whole.toFixed(1)} s, ratio ${(whole / bare).toFixed(2)}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function servicesWith(count: number, tag: string): string {
  const image = `europe-docker.pkg.dev/acme/apps/api:${tag}`;
  const each = Array.from(
    { length: count },
    (_, i) => `  service-${i}: {image: "${image}", invokers: ["group:support@example.com"]}\n`,
  );
  return `environments:\n  prod: {project: acme-prod, region: europe-west1}\nservices:\n${each.join('')}`;
}

main(Number(process.argv[2] ?? 1000));
