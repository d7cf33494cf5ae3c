import { recordedStacks } from '../recordings/recordings';
import { differences } from './recorded-differences';
import type { Emulated } from './recorded-plans';

const stack = recordedStacks('6.50.0').find(({ example }) => example === 'calls-across-projects');
const recording = stack?.load();
if (recording === undefined) throw new Error('calls-across-projects is not recorded');

/** The recording itself as the result of the emulator, with some of its text replaced. */
function emulated(from: string | RegExp = '', to = ''): Emulated {
  const own: Emulated = {
    created: recording?.created as Emulated['created'],
    state: Object.fromEntries(
      (recording?.state.values.root_module.resources ?? []).map(({ address, values }) => [address, values]),
    ),
    replan: recording?.replan as Emulated['replan'],
    changes: Object.fromEntries(Object.entries(recording?.changes ?? {}).map(([name, { plan }]) => [name, plan])),
  };
  return JSON.parse(JSON.stringify(own).replaceAll(from, to));
}

function found(from: string | RegExp, to: string): string[] {
  return differences(recording as NonNullable<typeof recording>, emulated(from, to));
}

describe('a difference from a recording', () => {
  test('is not found between equal plans', () => {
    expect(found('', '')).toEqual([]);
  });

  test('is found in a value, wherever it occurs', () => {
    const lines = found('INGRESS_TRAFFIC_ALL', 'INGRESS_TRAFFIC_INTERNAL_ONLY');
    expect(lines).toContain(
      'state: google_cloud_run_v2_service.prices_us-central1 google_cloud_run_v2_service.ingress: "INGRESS_TRAFFIC_ALL", emulated "INGRESS_TRAFFIC_INTERNAL_ONLY"',
    );
    for (const where of ['created: ', 'replan: ', 'replan, drift: ', 'image: ']) {
      expect(
        lines.filter((line) => line.startsWith(`${where}google_cloud_run_v2_service.prices_us-central1 `)),
      ).not.toEqual([]);
    }
  });

  test('is found between null and an empty value', () => {
    expect(found('"description":""', '"description":null')).not.toEqual([]);
    expect(found('"labels":null', '"labels":{}')).not.toEqual([]);
  });

  test.each([
    ['an action', '"actions":["update"]', '"actions":["delete","create"]'],
    ['what is unknown', '"uri":true', '"uri":false'],
    ['a replace path', '["member"]', '["project"]'],
    ['the reason of an action', 'replace_because_cannot_update', 'replace_by_triggers'],
    ['a sensitive mark', /"after_sensitive":\{(?!\})/g, '"after_sensitive":{"name":true,'],
  ])('is found in %s', (_, from, to) => {
    expect(found(from, to)).not.toEqual([]);
  });

  test('is not found in a time or an id from the API', () => {
    expect(found(/"(create_time|uid)":"[^"]*"/g, '"$1":"another"')).toEqual([]);
  });

  test('is not found in a URL with a part from the API, but in text that only looks like one', () => {
    expect(found('udolis25bf', 'abcdefghij')).toEqual([]);
    expect(found(/("value":"https:\/\/prices-)udolis25bf/g, '$1abcdefghij')).not.toEqual([]);
  });
});
