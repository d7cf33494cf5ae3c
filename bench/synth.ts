import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { stringify } from 'yaml';
import { CloudRunService, type CloudRunServiceProps, CloudRunStack } from '../constructs';
import { buildStacks } from '../services-yaml';
import { handWrittenStack } from './hand-written';
import { type MeasuredService, type MeasuredStack, measuredStack } from './measured-stack';

const outdir = mkdtempSync(join(tmpdir(), 'bench-'));

/** Numbers of services, and how often each is measured: a short run varies more. */
const SIZES = [
  { size: 1, runs: 11 },
  { size: 100, runs: 7 },
  { size: 1000, runs: 3 },
  { size: 5000, runs: 3 },
];

/** The ways to make the measured stack: each prepares its input first, and returns the function to measure. */
const WAYS: Readonly<Record<string, (measuredStack: MeasuredStack) => () => App>> = {
  'hand-written': (measuredStack) => () => {
    const app = new App({ outdir });
    handWrittenStack(app, measuredStack);
    return app;
  },
  constructs: ({ services, ...environment }) => {
    const props = services.map((service) => [service.name, propsOf(service)] as const);
    return () => {
      const app = new App({ outdir });
      const stack = new CloudRunStack(app, 'prod', environment);
      for (const [name, each] of props) new CloudRunService(stack, name, each);
      return app;
    };
  },
  'services.yaml': ({ services, ...environment }) => {
    const byName = Object.fromEntries(services.map((service) => [service.name, propsOf(service)]));
    const text = stringify({ environments: { prod: environment }, services: byName });
    // As main.ts does: the checks have run when the stacks are built.
    return () => {
      const app = new App({ outdir, skipValidation: true });
      buildStacks(app, text);
      return app;
    };
  },
};

function propsOf({ image, invoker, domain }: MeasuredService): CloudRunServiceProps {
  return {
    image,
    ...(invoker ? { invokers: [invoker] } : { access: 'public' }),
    ...(domain ? { domains: [domain] } : {}),
  };
}

interface Measured {
  readonly ms: number;
  readonly peakMiB: number;
}

/** Builds and synthesizes once, in a process of its own, and prints its time and memory. */
function measureHere(way: string, size: number): void {
  const build = WAYS[way]?.(measuredStack(size));
  const start = performance.now();
  build?.().synth();
  const ms = performance.now() - start;
  const services = JSON.parse(readFileSync(join(outdir, 'stacks/prod/cdk.tf.json'), 'utf8')).resource
    .google_cloud_run_v2_service;
  rmSync(outdir, { recursive: true });
  if (Object.keys(services).length !== size) throw new Error(`${way} made ${Object.keys(services).length} services`);
  console.log(JSON.stringify({ ms, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}

function measure(way: string, size: number, runs: number): Measured {
  const measured = Array.from({ length: runs }, () => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', __filename, way, String(size)]);
    return JSON.parse(output.toString()) as Measured;
  });
  return measured.sort((a, b) => a.ms - b.ms)[runs >> 1] as Measured;
}

function report(): void {
  rmSync(outdir, { recursive: true });
  const counts = SIZES.map(({ runs }) => runs);
  const range = `${Math.min(...counts)} to ${Math.max(...counts)}`;
  console.log(`median of ${range} runs; ratios are to the hand-written constructs of the same run`);
  for (const { size, runs } of SIZES) {
    const baseline = measure('hand-written', size, runs);
    for (const way of Object.keys(WAYS)) {
      const { ms, peakMiB } = way === 'hand-written' ? baseline : measure(way, size, runs);
      const ratios = `${(ms / baseline.ms).toFixed(2)} time, ${(peakMiB / baseline.peakMiB).toFixed(2)} memory`;
      console.log(
        `${String(size).padStart(5)} services  ${way.padEnd(13)} ${ms.toFixed(0).padStart(6)} ms  ${peakMiB.toFixed(0).padStart(5)} MiB  ${ratios}`,
      );
    }
  }
}

const [way, size] = process.argv.slice(2);
if (way && size) measureHere(way, Number(size));
else report();
