import fc from 'fast-check';
import { type Entry, exposureOf, type Plan, readTerraformJson, type ServiceExposure } from '../../exposure';
import { type PlanReview, reviewPlan } from '../../review';
import { type RecordedChange, type RecordedPlan, recordedStacks, type Values } from '../recordings/recordings';

const EXAMPLES = [
  'iap-internal-tool',
  'load-balancer-routes',
  'mutual-calls',
  'order-system',
  'public-web-app',
  'two-environments',
];

/** Plans of the real provider, each with its changes. */
const PLANS = recordedStacks('6.50.0')
  .filter(({ example }) => EXAMPLES.includes(example))
  .flatMap((stack) => {
    const { created, changes } = stack.load();
    return [created, ...Object.values(changes).map(({ plan }) => plan)];
  });

type Path = readonly (string | number)[];
type Mark = 'unknown' | 'sensitive';

function planOf(json: RecordedPlan): Plan {
  const read = readTerraformJson(JSON.stringify(json));
  if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
  return read.plan;
}

/** A function of a recorded plan, which many runs begin with: it is called once for each. */
function once<Result>(of: (json: RecordedPlan) => Result): (json: RecordedPlan) => Result {
  const results = new Map<RecordedPlan, Result>();
  return (json) => {
    const result = results.get(json) ?? of(json);
    results.set(json, result);
    return result;
  };
}

const recordedPlanOf = once(planOf);
const recordedExposure = once((json) => exposureOf('prod', recordedPlanOf(json).after).services);
const recordedFindings = once((json) => reviewPlan('prod', 'prod.json', recordedPlanOf(json)).findings);

/** A place in a plan: a changed resource's argument, at any depth, that the configuration sets. */
function placeAt(
  plan: RecordedPlan,
  steps: readonly number[],
): { readonly change: RecordedChange; readonly path: Path } {
  const changes = plan.resource_changes.filter(({ change }) => change.after !== null);
  const [first = 0, ...rest] = steps;
  const change = changes[first % changes.length];
  if (!change) throw new Error('the plan leaves nothing');
  const written = new Set(Object.keys(expressionsOf(plan, change.address)));
  const path: (string | number)[] = [];
  let node: unknown = Object.fromEntries(Object.entries(change.change.after ?? {}).filter(([key]) => written.has(key)));
  for (const step of rest) {
    const keys = typeof node === 'object' && node !== null ? Object.keys(node) : [];
    const key = keys[step % keys.length];
    if (key === undefined) break;
    path.push(Array.isArray(node) ? Number(key) : key);
    node = (node as Record<string, unknown>)[key];
  }
  return { change, path };
}

function expressionsOf(plan: RecordedPlan, address: string): object {
  type Written = { readonly address: string; readonly expressions?: object };
  const { root_module } = (plan.configuration ?? {}) as { root_module?: { resources?: readonly Written[] } };
  return root_module?.resources?.find((resource) => resource.address === address)?.expressions ?? {};
}

/** The plan with the value at a place made unknown, as Terraform writes it, or marked sensitive. */
function hidden(plan: RecordedPlan, { change, path }: ReturnType<typeof placeAt>, mark: Mark): RecordedPlan {
  // In a set one unknown element makes all of it unknown.
  const end = path.findIndex((step, i) => typeof step === 'number' && typeof path[i + 1] !== 'string');
  const whole = mark === 'unknown' && end !== -1 ? path.slice(0, end) : path;
  const { actions, before, after } = change.change;
  const marked = marks(whole);
  const altered =
    mark === 'sensitive'
      ? { ...change.change, after_sensitive: merged(change.change.after_sensitive, marked) }
      : {
          ...change.change,
          actions: actions.includes('no-op') ? ['update'] : actions,
          before,
          after: without(after, whole) as Values,
          after_unknown: merged(change.change.after_unknown, marked),
        };
  const resource_changes = plan.resource_changes.map((each) => (each === change ? { ...each, change: altered } : each));
  return { ...plan, resource_changes };
}

function marks([step, ...rest]: Path): unknown {
  if (step === undefined) return true;
  return typeof step === 'number' ? [...Array(step).fill({}), marks(rest)] : { [step]: marks(rest) };
}

function merged(one: unknown, other: unknown): unknown {
  if (other === true || typeof one !== 'object' || one === null) return one === true ? true : other;
  if (typeof other !== 'object' || other === null) return one;
  const members = Object.keys({ ...one, ...other }).map((key) => [key, merged(member(one, key), member(other, key))]);
  const object = Object.fromEntries(members);
  return Array.isArray(one) || Array.isArray(other) ? Object.assign([], object) : object;
}

function member(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

function without(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element, i) => (i === step ? without(element, rest) : element));
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  return { ...value, [step]: without(member(value, String(step)), rest) };
}

const UNSEEN = /^\((known after apply|sensitive value|not in this stack)\)$/;

/** How far an entry may be open; an unknown value counts as the widest. */
function width({ from, authentication }: Entry): number {
  const open = from === 'internet' || UNSEEN.test(from) ? 10 : from === 'internal' ? 5 : 0;
  const ranks = { none: 4, 'any-google-account': 3, iap: 1, iam: 0 };
  return open + (UNSEEN.test(authentication) ? 4 : (ranks[authentication as keyof typeof ranks] ?? 4));
}

function widest({ entries }: ServiceExposure): number {
  return Math.max(-1, ...entries.map(width));
}

function mayCall({ callers, entries }: ServiceExposure, caller: string): boolean {
  if (entries.some(({ authentication }) => authentication === 'none' || UNSEEN.test(authentication))) return true;
  return callers.some((each) => each === caller || UNSEEN.test(each) || each.startsWith(`${caller} if (`));
}

/** Whether a finding says that something cannot be determined. */
function isAboutUnknown({ rule, message }: PlanReview['findings'][number]): boolean {
  return (
    /^(not-understood|gate-unknown)$/.test(rule) ||
    /known after apply|sensitive value|cannot be determined|may /.test(message)
  );
}

const place = fc.tuple(
  fc.constantFrom(...PLANS),
  fc.array(fc.nat(1000), { minLength: 2, maxLength: 8 }),
  fc.constantFrom<Mark>('unknown', 'sensitive'),
);

test('with any value unknown or sensitive, no service is reported as more closed', () => {
  fc.assert(
    fc.property(place, ([plan, steps, mark]) => {
      const now = recordedExposure(plan);
      const less = exposureOf('prod', planOf(hidden(plan, placeAt(plan, steps), mark)).after).services;
      for (const service of now.filter(({ address }) => address.startsWith('google_'))) {
        const other = less.find(({ address }) => address === service.address);
        if (!other) throw new Error(`${service.address} is gone`);
        expect(widest(other)).toBeGreaterThanOrEqual(widest(service));
        expect(service.callers.filter((caller) => !mayCall(other, caller))).toEqual([]);
      }
    }),
    { numRuns: 150, seed: 13 },
  );
});

test('with any value unknown or sensitive, a lost finding is replaced by one about the unknown value', () => {
  fc.assert(
    fc.property(place, ([plan, steps, mark]) => {
      const now = recordedFindings(plan);
      const less = reviewPlan('prod', 'prod.json', planOf(hidden(plan, placeAt(plan, steps), mark))).findings;
      const reported = new Set(less.map(({ rule }) => rule));
      const gone = now.filter(({ rule }) => !reported.has(rule));
      if (gone.length > 0 && !less.some(isAboutUnknown)) expect(gone.map(({ message }) => message)).toEqual([]);
    }),
    { numRuns: 150, seed: 13 },
  );
});
