import type { Server } from 'node:http';
import { exposureOf, readTerraformJson, type StackExposure } from '../../exposure';
import { adopted, besidesImports, imported } from '../adopt/round-trip';
import { describeWithTerraform, Workspace, withoutBackend } from '../emulator/harness';
import { inGroups, inOwnProjects, type Modules, ofModule, writeModules } from '../emulator/modules';
import type { Plan } from '../emulator/plan';
import { planOfModule } from '../emulator/plan-of-module';
import { examples, terraformOf, withoutProtection } from '../examples/examples';
import { keepStateInMemory } from './state-in-memory';

/** Services and topics that examples use, and that other stacks make. */
const ELSEWHERE = [
  ['google_cloud_run_v2_service', 'projects/acme-billing/locations/europe-west1/services/invoices'],
  ['google_pubsub_topic', 'projects/acme-billing/topics/payments'],
] as const;

/** The stacks of all examples, each in projects of its own, because one run of Terraform is for several of them. */
const STACKS = examples()
  .flatMap(({ name, fromYaml }) => Object.entries(terraformOf(fromYaml)).map((stack) => [name, ...stack] as const))
  .map(([example, environment, text], number) => ({
    name: `${example}/${environment}`,
    environment,
    module: `stack_${number}`,
    configuration: withoutBackend(JSON.parse(inOwnProjects(withoutProtection(text), number))),
    elsewhere: ELSEWHERE.map(([type, id]) => [type, inOwnProjects(id, number)] as const),
  }));

type Stack = (typeof STACKS)[number];

/** More stacks together take no less time, but as much memory as they are. */
const TOGETHER = 9;

describeWithTerraform('every example', () => {
  for (const stacks of inGroups(STACKS, TOGETHER))
    describe(`of stacks ${stacks[0]?.module} and after`, () => proveStacks(stacks));
});

function proveStacks(stacks: readonly Stack[]): void {
  let applied: Workspace;
  let state: Server;
  let first: Plan;
  let plan: Plan;

  beforeAll(async () => {
    applied = await Workspace.open();
    state = await keepStateInMemory(applied);
    for (const [type, id] of stacks.flatMap(({ elsewhere }) => elsewhere)) applied.cloud.put(type, id, {});
    const modules = Object.fromEntries(stacks.map(({ module, configuration }) => [module, configuration]));
    writeModules(applied, modules);
    await applied.init();
    first = await applied.plan(); // which validates
    await applied.applyPlan();
    // One plan for what was applied and for its copies.
    writeModules(applied, { ...modules, ...copies(stacks, await statesOf(applied)) });
    plan = await applied.plan();
    writeModules(applied, modules);
  });
  afterAll(async () => {
    await applied.close();
    state.close();
  });

  describe.each(stacks)('$name', ({ module, configuration }) => {
    test('has the exposure of its synthesized stack before the first apply', () => {
      const synthesized = exposureIn(configuration);
      expect(synthesized.services.length).toBeGreaterThan(0);
      expect(exposureIn(planOfModule(first.json, module))).toEqual(synthesized);
    });

    test('is applied and has nothing left to do', () => {
      expect(ofModule(module, plan.json.resource_changes).length).toBeGreaterThan(0);
      expect(besidesImports(ofModule(module, plan.json.resource_changes))).toEqual([]);
    });

    test('can be adopted as it is', () => {
      expect(besidesImports(ofModule(`adopted_${module}`, plan.json.resource_changes))).toEqual([]);
      if (!hasLoadBalancer(configuration)) return;
      expect(besidesImports(ofModule(`imported_${module}`, plan.json.resource_changes))).toEqual([]);
    });
  });

  test('all are destroyed', async () => {
    await applied.destroy('-refresh=false'); // the plan has read everything
    // An API stays enabled, because others may use it.
    const { google_project_service: _apis, ...resources } = applied.cloud.data.resources;
    const elsewhere = stacks.flatMap(({ elsewhere }) => elsewhere.map(([, id]) => id));
    expect(Object.values(resources).flatMap(Object.keys).sort()).toEqual(elsewhere.sort());
    expect(applied.cloud.data.iam).toEqual({});
  });
}

/** Who can reach what in a plan or synthesized stack. */
function exposureIn(json: object): StackExposure {
  const read = readTerraformJson(JSON.stringify(json));
  return exposureOf('example', read.kind === 'plan' ? read.plan.after : read.resources);
}

/** Stacks that adopt what was applied, from its state; for load balancers, which `adopt` does not read, the stacks with imports. */
function copies(stacks: readonly Stack[], states: { readonly [module: string]: object }): Modules {
  const all = stacks.flatMap(({ module, environment, configuration }) => [
    [`adopted_${module}`, adopted(states[module] ?? {}, environment)] as const,
    ...(hasLoadBalancer(configuration) ? [[`imported_${module}`, imported(configuration)] as const] : []),
  ]);
  return Object.fromEntries(all);
}

function hasLoadBalancer(configuration: object): boolean {
  return JSON.stringify(configuration).includes('"google_compute_');
}

/** `terraform show -json` of each stack's state, as if it had been applied alone. */
async function statesOf(workspace: Workspace): Promise<{ [module: string]: object }> {
  const { values, ...frame } = await workspace.show();
  const modules = values?.root_module.child_modules ?? [];
  return Object.fromEntries(
    modules.map(({ address, resources }) => {
      const name = address.replace('module.', '');
      return [name, { ...frame, values: { root_module: { resources: ofModule(name, resources) } } }];
    }),
  );
}
