import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldersOf } from '../../emulator';
import { versionIn } from '../../emulator/configuration';
import { blockFromBindings, blockOf, versionFor } from '../../emulator/schema';
import { describeWithTerraform, useWorkspace } from './harness';
import { oneService, SERVICE, SERVICE_ID } from './stacks';

test.each([
  ['6.50.0', '6.50.0'],
  ['~> 6.50', '6.50.0'],
  ['>= 6.50, < 7', '6.50.0'],
  ['7.45.0', '7.45.0'],
  ['~> 7.44', '7.45.0'],
  ['>= 6.50', '7.45.0'],
  ['>= 7.44, < 9.0', '7.45.0'],
  ['8.1.0', '7.45.0'],
])('a stack that asks for %s gets %s', (constraint, version) => {
  expect(versionFor(constraint)).toBe(version);
});

test('a version from before those that are emulated is refused', () => {
  expect(() => versionFor('5.44.0')).toThrow("google provider '5.44.0': the emulator has 6.50.0 and 7.45.0 only");
});

describe('the folders of a command', () => {
  let folder = '';
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'provider-version-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('require a version in JSON and in HCL', () => {
    const providers = { google: { source: 'google', version: '6.50.0' } };
    write('cdk.tf.json', JSON.stringify({ terraform: { required_providers: providers } }, null, 2));
    expect(versionIn([folder])).toBe('6.50.0');
    write('cdk.tf.json', '{}');
    write('main.tf', 'terraform {\n  required_providers {\n    google = {\n      version = "~> 6.50"\n    }\n  }\n}\n');
    expect(versionIn([folder])).toBe('6.50.0');
  });

  test('get the newest version if they require none', () => {
    expect(versionIn([folder])).toBe('7.45.0');
  });

  test('cannot require two versions', () => {
    write('a.tf.json', '{"terraform":{"required_providers":{"google":{"version":"6.50.0"}}}}');
    write('b.tf.json', '{"terraform":{"required_providers":{"google":{"version":"7.45.0"}}}}');
    expect(() => versionIn([folder])).toThrow('run one stack at a time, with -chdir or its name');
  });

  test('are that of -chdir alone', () => {
    expect(foldersOf(['terraform', '-chdir=stack', 'plan'], folder)).toEqual([join(folder, 'stack')]);
  });
});

test('7.45.0 has what was added since the bindings were made', () => {
  const type = 'google_cloud_run_v2_service';
  expect(blockOf('6.50.0', 'resource', type)).toBe(blockFromBindings('resource', type));
  expect(blockOf('6.50.0', 'resource', type)?.attributes.iap_enabled).toBeUndefined();
  expect(blockOf('7.45.0', 'resource', type)?.attributes.iap_enabled).toMatchObject({ type: 'bool', optional: true });
  const scaling = blockOf('7.45.0', 'resource', type)?.blocks.scaling?.block.attributes;
  expect(scaling?.min_instance_count).toMatchObject({ optional: true, computed: true });
});

describeWithTerraform('under 7.45.0', () => {
  const used = useWorkspace();
  const asking = (version: string, arguments_: object = {}) => ({
    terraform: { required_providers: { google: { source: 'google', version } } },
    ...oneService(arguments_),
  });

  test('a service has IAP itself, and no default URL', async () => {
    await used.current.write(asking('7.45.0', { iap_enabled: true, default_uri_disabled: true })).apply();
    expect(await used.current.state(SERVICE)).toMatchObject({ iap_enabled: true, default_uri_disabled: true });
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('a resource with deletion prevented stays, and an abandoned one stays in the cloud', async () => {
    await used.current.write(asking('7.45.0', { deletion_policy: 'PREVENT' })).apply();
    await expect(used.current.destroy()).rejects.toThrow(
      'cannot destroy CloudRunV2Service without setting deletion_policy="DELETE"',
    );
    await used.current.write(asking('7.45.0', { deletion_policy: 'ABANDON' })).apply();
    await used.current.destroy();
    expect(used.current.cloud.find('google_cloud_run_v2_service', SERVICE_ID)).toBeDefined();
  });

  test('a state of 6.50.0 can be used with 7.45.0 and again with 6.50.0 without changes', async () => {
    await used.current.write(asking('6.50.0')).apply();
    const { actions, drift } = await used.current.write(asking('7.45.0')).plan();
    expect({ actions, drift }).toEqual({ actions: {}, drift: { [SERVICE]: 'update' } });
    await used.current.apply();
    expect((await used.current.state(SERVICE)).deletion_policy).toBe('DELETE');
    expect((await used.current.write(asking('6.50.0')).plan()).actions).toEqual({});
  });
});
