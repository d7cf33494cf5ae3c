import { parse } from 'yaml';
import { adopt } from '../../adopt/adopt';
import { hasErrors } from '../../services-yaml';
import { type Recording, recordedStacks, VERSIONS } from '../recordings/recordings';
import { knativeOf } from './knative-of';

const STACKS = VERSIONS.flatMap(recordedStacks).map((recorded) => {
  return [`${recorded.example}/${recorded.stack}, google ${recorded.version}`, recorded] as const;
});

/** Keys that only an export or only a state shows. */
const SHOWN_BY_A_STATE_ALONE = [
  ...['deletionProtection', 'revisionSuffix', 'calls', 'schedules', 'taskQueues', 'subscriptions', 'events', 'domains'],
  ...['access', 'invokers', 'iam', 'invokerPolicy', 'serviceAccount', 'roles'],
];

describe.each(STACKS)('%s', (_, { stack, load }) => {
  const { state } = load();

  test('adopted from its state, it is imported completely and not changed', () => {
    const adoption = adopt([{ name: 'state.json', text: JSON.stringify(state) }], { environment: stack });
    expect(hasErrors(adoption.problems)).toBe(false);
    expect(adoption.outcome.created.filter((address) => !isMadeAnew(address))).toEqual([]);
    expect(adoption.outcome.changed).toEqual([]);
    const ids = new Set(resources(state).map(({ values }) => values.id));
    for (const [address, id] of Object.entries(adoption.outcome.imports)) {
      if (!address.includes('_iam_') && !address.startsWith('google_cloud_run_domain_mapping.'))
        expect(ids).toContain(id);
    }
    const missing = resources(state).filter(({ address }) => !adoption.elsewhere.adopted.includes(address));
    const named = adoption.leftOut.map(({ about }) => about);
    for (const { address } of missing) expect(named.filter((about) => about.includes(address))).not.toEqual([]);
  });

  test('its services are the same when adopted from exports of gcloud', () => {
    const services = resources(state).filter(({ type }) => type === 'google_cloud_run_v2_service');
    const exported = services.map(({ values }) => knativeOf(values, '123456789012'));
    const ofState = adopt(
      [{ name: 'state.json', text: JSON.stringify({ ...state, values: { root_module: { resources: services } } }) }],
      { environment: stack },
    );
    const { project } = parse(ofState.services).environments[stack];
    const ofExport = adopt([{ name: 'services.json', text: JSON.stringify(exported) }], {
      environment: stack,
      project,
    });
    expect(ofExport.leftOut).toEqual([]);
    expect(propsOf(ofExport.services)).toEqual(propsOf(ofState.services));
  });
});

/** Grants that the provider cannot import. */
function isMadeAnew(address: string): boolean {
  return address.startsWith('google_pubsub_subscription_iam_member.');
}

function resources({ values }: Recording['state']) {
  return values.root_module.resources;
}

/** The services of a file, without what only a state shows. */
function propsOf(text: string): object {
  const { services, defaults } = parse(text);
  const entries = Object.entries<Record<string, unknown>>(services).map(([key, props]) => {
    const all = { ...defaults, ...props };
    return [key, Object.fromEntries(Object.entries(all).filter(([name]) => !SHOWN_BY_A_STATE_ALONE.includes(name)))];
  });
  return Object.fromEntries(entries);
}
