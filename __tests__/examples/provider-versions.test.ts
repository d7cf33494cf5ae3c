import { App, Testing } from 'cdktf';
import { parseDocument } from 'yaml';
import { Cloud } from '../../emulator';
import { buildStacks, type Problem } from '../../services-yaml';
import type { Configuration } from '../emulator/harness';
import { InProcess } from '../emulator/in-process';
import { cloudBefore } from '../recordings/recordings';
import { examples, withoutProtection } from './examples';

/** Examples with settings that 6.50.0 cannot write, and what is refused. */
const NEWER_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'every-setting': [
    'services.settings.healthCheck',
    'services.settings.max',
    'services.settings.readinessProbe',
    'services.settings.sidecars.collector.readinessProbe',
    'services.settings.sidecars.collector.volumeMounts.share.subPath',
    'services.settings.tags',
    'services.settings.volumes.models.gcs.mountOptions',
    'services.settings.volumes.models.subPath',
    'services.settings.volumes.scratch.emptyDir.medium',
    'services.settings.volumes.scratch.subPath',
    'services.settings.volumes.share.subPath',
  ],
  'iap-without-load-balancer': ['services.admin.iap'],
  'no-default-url': ['defaults.defaultUrl', 'services.preview.defaultUrl'],
};

// Another test compares the emulated provider with recordings of the real one, for both versions.
describe.each(examples().map(({ name, services }) => [name, services] as const))('%s', (name, services) => {
  const older = builtFor(services, '6.50.0');
  const newer = builtFor(services, '7.45.0');
  const refused = NEWER_SETTINGS[name];

  test.each(Object.entries(newer.stacks))('%s under 7.45.0', (_, stack) => isAppliedAndDestroyed(name, stack));

  if (refused) {
    test('is refused under 6.50.0, key by key', () => {
      expect(new Set(older.errors.map(({ code }) => code))).toEqual(new Set(['google-provider-lacks-setting']));
      expect(older.errors.map(({ path }) => path).sort()).toEqual(refused);
    });
  } else {
    test.each(Object.entries(older.stacks))('%s under 6.50.0', (_, stack) => isAppliedAndDestroyed(name, stack));

    test.each(Object.entries(older.stacks))(
      '%s: googleProvider alone changes nothing, there and back',
      (id, before) => {
        const after = newer.stacks[id] as Configuration;
        expect(after.terraform).not.toEqual(before.terraform);
        const applied = new InProcess(new Cloud(cloudBefore(name)));
        applied.apply(before);
        expect(applied.plan(after)).toEqual([]);
        applied.apply(after);
        expect(applied.plan(before)).toEqual([]);
      },
    );
  }
});

/** The stacks of a services.yaml, with one version of the google provider in every environment; or why it is refused. */
function builtFor(services: string, version: string): { stacks: Record<string, Configuration>; errors: Problem[] } {
  const file = parseDocument(services);
  for (const name of Object.keys(file.toJS().environments)) {
    file.setIn(['environments', name, 'googleProvider'], version);
  }
  const { stacks, problems } = buildStacks(new App(), String(file));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { stacks: {}, errors };
  const synthesized = stacks.map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack))]);
  return { stacks: Object.fromEntries(synthesized), errors };
}

/** Applies a stack, expects an empty plan, and destroys it: only resources of others are left, and enabled APIs. */
function isAppliedAndDestroyed(example: string, stack: Configuration): void {
  const before = cloudBefore(example).resources ?? {};
  const unprotected = JSON.parse(withoutProtection(JSON.stringify(stack, null, 2)));
  const applied = new InProcess(new Cloud(structuredClone({ resources: before })));
  applied.apply(unprotected);
  expect(applied.plan(unprotected)).toEqual([]);
  applied.destroy(unprotected);
  const { google_project_service: _apis, ...left } = applied.cloud.data.resources;
  expect(left).toEqual(before);
  expect(applied.cloud.data.iam).toEqual({});
}
