import { exposureOf, readTerraformJson } from '../../exposure';
import { type PlanReview, reviewPlan } from '../../review';
import {
  type RecordedPlan,
  type RecordedState,
  type Recording,
  recordedStacks,
  VERSIONS,
} from '../recordings/recordings';

const STACKS = VERSIONS.flatMap(recordedStacks).map((stack) => ({
  name: `${stack.example} ${stack.stack} of ${stack.version}`,
  load: stack.load,
}));

function planIn(json: RecordedPlan) {
  const read = readTerraformJson(JSON.stringify(json));
  if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
  return read.plan;
}

function review(json: RecordedPlan): PlanReview {
  return reviewPlan('prod', 'prod.json', planIn(json));
}

function exposureOfState(json: RecordedState) {
  const read = readTerraformJson(JSON.stringify(json));
  if (read.kind !== 'state') throw new Error(`read as a ${read.kind}`);
  return exposureOf('prod', read.resources);
}

/** The rules that may find each recorded change, besides new-revision. */
const FOUND_IN: Readonly<Record<string, readonly string[]>> = {
  image: [],
  label: [],
  'env-added': [],
  ingress: ['ingress-narrowed', 'ingress-widened', 'public-name-removed'],
  'ingress-lb': ['ingress-narrowed', 'public-name-removed'],
  private: ['caller-removed'],
  public: ['public-service', 'public-behind-ingress'],
  'invoker-removed': ['caller-removed'],
  'account-changed': [
    'identity-changed',
    'caller-removed',
    'caller-added',
    'secret-access-removed',
    'authoritative-grants',
  ],
  'remove-service': [
    'service-destroyed',
    'protected-service-destroyed',
    'caller-removed',
    'subscription-replaced',
    'queue-replaced',
  ],
  route: ['public-name-added'],
  'route-service': ['traffic-moved', 'public-name-added'],
  'iap-removed': ['iap-lost', 'caller-removed'],
  'iap-added': [],
  'default-urls-back': ['public-name-added'],
  'default-url-gone': ['public-name-removed', 'public-name-added'],
};

describe.each(STACKS)('$name', ({ load }) => {
  let recording: Recording | undefined;

  // Only one recording is in memory at a time.
  beforeAll(() => {
    recording = load();
  });
  afterAll(() => {
    recording = undefined;
  });

  test('the plan after an untouched apply changes nothing and has no findings', () => {
    const { replan } = recording as Recording;
    expect(review(replan)).toMatchObject({ findings: [], differences: [] });
    expect(replan.resource_drift).not.toEqual([]);
  });

  test('the state has the exposure of the plans before and after it', () => {
    const { created, state, replan } = recording as Recording;
    const now = exposureOfState(state);
    const { before, after } = review(replan);
    expect([before.services, after.services]).toEqual([now.services, now.services]);
    const promised = exposureOf('prod', planIn(created).after);
    expect(
      promised.services.map(({ address, ingress, authentication, callers }) => [
        address,
        ingress,
        authentication,
        callers,
      ]),
    ).toEqual(
      now.services.map(({ address, ingress, authentication, callers }) => [address, ingress, authentication, callers]),
    );
  });

  test('each change has the expected finding, which names its causes', () => {
    for (const [change, { plan }] of Object.entries((recording as Recording).changes)) {
      const expected = FOUND_IN[change];
      if (!expected) throw new Error(`say what ${change} may be found as`);
      const { findings } = review(plan);
      const changing = plan.resource_changes.filter(({ change: { actions } }) => !actions.includes('no-op'));
      const addresses = new Set(changing.map(({ address }) => address));
      for (const { rule, causes, what } of findings) {
        // An entry matches also in a plan of the emulated provider, which has other URLs.
        expect(what.join('\n')).not.toMatch(/run\.app\//);
        expect(['new-revision', ...expected]).toContain(rule);
        expect(causes.length).toBeGreaterThan(0);
        expect(causes.filter((cause) => !addresses.has(cause))).toEqual([]);
      }
    }
  });
});
