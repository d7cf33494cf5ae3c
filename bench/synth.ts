import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../constructs';
import { type Estate, estate } from './estate';
import { handWrittenStack } from './hand-written';

const SIZES = [1, 100, 1000, 5000];
const RUNS = 3;

const WAYS: Readonly<Record<string, (app: App, estate: Estate) => void>> = {
  'hand-written': handWrittenStack,
  constructs: (app, { services, ...environment }) => {
    const stack = new CloudRunStack(app, 'prod', environment);
    for (const { name, image, invoker, domain } of services) {
      new CloudRunService(stack, name, {
        image,
        ...(invoker ? { invokers: [invoker] } : { access: 'public' }),
        ...(domain ? { domains: [domain] } : {}),
      });
    }
  },
};

interface Measured {
  readonly ms: number;
  readonly peakMiB: number;
}

/** Builds and synthesizes once, in a process of its own, and prints what it took. */
function measureHere(way: string, size: number): void {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const input = estate(size);
  const start = performance.now();
  const app = new App({ outdir });
  WAYS[way]?.(app, input);
  app.synth();
  const ms = performance.now() - start;
  const bytes = readFileSync(join(outdir, 'stacks/prod/cdk.tf.json')).length;
  rmSync(outdir, { recursive: true });
  console.log(JSON.stringify({ ms, peakMiB: process.resourceUsage().maxRSS / 1024, bytes }));
}

function measure(way: string, size: number): Measured {
  const runs = Array.from({ length: RUNS }, () => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', __filename, way, String(size)]);
    return JSON.parse(output.toString()) as Measured;
  });
  return runs.sort((a, b) => a.ms - b.ms)[RUNS >> 1] as Measured;
}

function report(): void {
  console.log(`median of ${RUNS} runs; ratios are to the hand-written constructs of the same run`);
  for (const size of SIZES) {
    const baseline = measure('hand-written', size);
    for (const way of Object.keys(WAYS)) {
      const { ms, peakMiB } = way === 'hand-written' ? baseline : measure(way, size);
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
