import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ExposureReport, exposureMarkdown, exposureOf, InputError, readTerraformJson } from '../../exposure';
import { reviewMarkdown, reviewPlan } from '../../review';
import { RULES } from '../../review/rules';

const SHOP: unknown = JSON.parse(readFileSync(join(__dirname, 'inputs', 'shop.tf.json'), 'utf8'));

const PLANS = RULES.map(({ example }) => ({ format_version: '1.2', planned_values: {}, ...example.found }));

const REPLACEMENTS: readonly unknown[] = [null, 1, 'x', '${', [], {}, true, [null], ['x', 1], { a: null }];

/** A copy with one value replaced: `steps` leads to it, member by member. */
function mutated(json: unknown, steps: readonly number[], replacement: unknown): unknown {
  const copy = structuredClone(json);
  let node = copy as Record<string, unknown>;
  for (const [i, step] of steps.entries()) {
    const keys = Object.keys(node);
    const key = keys[step % keys.length];
    if (key === undefined) break;
    const next = node[key];
    if (typeof next !== 'object' || next === null || i === steps.length - 1) {
      node[key] = replacement;
      break;
    }
    node = next as Record<string, unknown>;
  }
  return copy;
}

function report(json: unknown): void {
  const read = readTerraformJson(JSON.stringify(json));
  const resources = read.kind === 'plan' ? read.plan.after : read.resources;
  const exposure: ExposureReport = { stacks: [exposureOf('x', resources)] };
  exposureMarkdown(exposure);
  if (read.kind === 'plan') reviewMarkdown([reviewPlan('x', 'x.json', read.plan)]);
}

test('whatever is wrong with a value, a file is reported or refused, never a crash', () => {
  const steps = fc.array(fc.nat(100), { minLength: 1, maxLength: 14 });
  const input = fc.constantFrom(SHOP, ...PLANS);
  fc.assert(
    fc.property(input, steps, fc.constantFrom(...REPLACEMENTS), (json, path, replacement) => {
      try {
        report(mutated(json, path, replacement));
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 1000, seed: 6 },
  );
});
