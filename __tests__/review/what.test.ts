import { readPlan } from '../../exposure';
import { reviewPlan } from '../../review';
import { API, type ChangeJson, created, invoker, PUBLIC, service, unchanged, updated } from '../../review/fragment';
import { RULES } from '../../review/rules';
import { reviewOfChanges } from './reviewed';

const whatOf = (rule: string, ...changes: ChangeJson[]) =>
  reviewOfChanges(...changes).findings.flatMap((finding) => (finding.rule === rule ? finding.what : []));

test.each(RULES.map(({ id, example }) => [id, example] as const))('%s has what an entry can name', (_, { found }) => {
  const { findings } = reviewPlan('prod', 'prod.json', readPlan(found));
  for (const { what } of findings) {
    expect(what.length).toBeGreaterThan(0);
    for (const each of what) expect(each.trim()).not.toBe('');
  }
});

test('the run.app URL is the same whether a plan knows it or not', () => {
  const opened = (uri: string | undefined) =>
    whatOf('public-service', unchanged(API, service({ uri })), created(PUBLIC, invoker('allUsers')));
  expect(opened('https://api-abc123-ew.a.run.app')).toEqual(['api from internet at its run.app URL']);
  expect(opened(undefined)).toEqual(opened('https://api-abc123-ew.a.run.app'));
});

test('one grant on a project names every service that it opens, also those that the message only counts', () => {
  const names = Array.from({ length: 25 }, (_, i) => `api-${i}`);
  const grant = { project: 'acme-prod', role: 'roles/run.invoker', member: 'allUsers' };
  const what = whatOf(
    'public-service',
    ...names.map((name) => unchanged(`google_cloud_run_v2_service.${name}`, { ...service(), name })),
    created('google_project_iam_member.all', grant),
  );
  expect(what.sort()).toEqual(names.map((name) => `${name} from internet at its run.app URL`).sort());
});

test('Cloud Armor names every range that gets through, also one that the message only counts', () => {
  const ranges = (last: string) => [1, 2, 3, 4, 5, 6].map((i) => `192.0.2.${i}/32`).concat(last);
  const rule = (src_ip_ranges: string[]) => ({
    name: 'edge',
    rule: [{ priority: 1, action: 'allow', match: [{ config: [{ src_ip_ranges }] }] }],
  });
  const changed = (last: string) =>
    whatOf(
      'cloud-armor-loosened',
      updated('google_compute_security_policy.edge', rule(ranges('192.0.2.9/32')), rule(ranges(last))),
    );
  expect(changed('192.0.2.9/32')).toEqual([]);
  expect(changed('203.0.113.0/24')).toContain('203.0.113.0/24');
});
