import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';
import { Environment } from '../../constructs/core/environment';
import { GoogleProviderVersions } from '../../constructs/core/google-provider';
import { findingsOf } from '../../constructs/stack/findings';
import { emptyFolder } from '../empty-folder';
import { testingApp } from '../testing-app';
import { emptyStack, IMAGE, stackOf, synth } from './synth';

test.each([
  ['no version is set', undefined, '7.45.0'],
  ['a version is', '6.50.0', '6.50.0'],
  ['later versions are as well', '~> 7.44', '~> 7.44'],
])('where %s Terraform requires it, once', (_, googleProvider, version) => {
  const { required_providers: required } = synth(emptyStack({ googleProvider })).terraform;
  expect(required).toEqual({ google: { source: 'google', version } });
});

test.each([
  ['7.45.0', '7.44', true],
  ['7.44', '7.44.0', true],
  ['7.43.9', '7.44', false],
  ['= 7.45.0', '7.45', true],
  ['~> 7.44', '7.44', true],
  ['~> 7.0', '7.44', false],
  ['~> 7', '7.44', false],
  ['>= 7.44, < 9', '7.44', true],
  ['< 9, >= 7.44', '7.44', true],
  ['> 7.43.9', '7.44', false],
  ['< 8', '7.44', false],
  ['!= 7.43.0', '7.44', false],
])('%s: whether every version is %s or later is %s', (constraint, version, expected) => {
  expect(GoogleProviderVersions.parse(constraint).isAtLeast(version)).toBe(expected);
});

test.each([
  ['7.45.0', false],
  ['~> 7.44', false],
  ['~> 7', true],
  ['~> 7.99.0', false],
  ['8.0.0', true],
  ['>= 7.44', true],
  ['>= 7.44, < 8', false],
  ['<= 8.0.0', true],
  ['!= 8.0.0', true],
])('%s: whether version 8 is among them is %s', (constraint, expected) => {
  expect(GoogleProviderVersions.parse(constraint).reaches('8')).toBe(expected);
});

test.each(['7', '7.43.0', '~> 7.0', '>= 6.50', '>= 6.50, < 8', '> 6.50'])(
  '%s allows versions between 7.0 and 7.43, which are refused',
  (googleProvider) => {
    expect(emptyStack({ googleProvider }).findings()).toContainEqual(
      expect.objectContaining({ code: 'google-provider-too-old', message: expect.stringContaining('before 7.44') }),
    );
  },
);

test.each(['6.50', '~> 6.50', '>= 6.50, < 7', '>= 7.44, < 8'])('%s allows none of them', (googleProvider) => {
  expect(emptyStack({ googleProvider }).findings()).toEqual([]);
});

test.each(['latest', '7.x', '', '7.45.0 8', '~> '])("'%s' is not understood", (constraint) => {
  expect(GoogleProviderVersions.parse(constraint).isUnderstood).toBe(false);
});

describe('a stack of the app', () => {
  function plainStack(override?: string): TerraformStack {
    const stack = new TerraformStack(testingApp(), 'plain');
    new GoogleProvider(stack, 'google', { project: 'acme-prod', region: 'europe-west1' });
    if (override) stack.addOverride('terraform.required_providers.google.version', override);
    new CloudRunService(stack, 'api', { image: IMAGE });
    return stack;
  }

  test('has the version of its bindings', () => {
    expect(Environment.of(plainStack()).googleProvider.constraint).toBe('6.50.0');
  });

  test('has the version that the app writes over it, and keeps it', () => {
    const stack = plainStack('>= 7.44, < 8');
    expect(Environment.of(stack).googleProvider.constraint).toBe('>= 7.44, < 8');
    expect(JSON.parse(Testing.synth(stack)).terraform.required_providers.google.version).toBe('>= 7.44, < 8');
  });

  test('is refused a version that nothing here can be written for', () => {
    expect(findingsOf(Environment.of(plainStack('~> 5.0')))).toMatchObject([{ code: 'google-provider-too-old' }]);
  });
});

const REFUSAL = /prod cannot be written as HCL: .*write JSON/;

describe('HCL, for which the bindings lack arguments,', () => {
  const folder = emptyFolder();
  const appWith = (googleProvider: string) => {
    const app = new App({ outdir: folder, hclOutput: true });
    const stack = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1', googleProvider });
    new CloudRunService(stack, 'api', { image: IMAGE });
    return app;
  };

  afterEach(() => {
    delete process.env.SYNTH_HCL_OUTPUT;
  });

  test('is refused where the app asks for it', () => {
    expect(() => appWith('7.45.0').synth()).toThrow(REFUSAL);
  });

  test('is refused where the cdktf command asks for it', () => {
    process.env.SYNTH_HCL_OUTPUT = 'true';
    expect(() => appWith('7.45.0').synth()).toThrow(REFUSAL);
  });

  test('is refused where a test asks for it', () => {
    expect(() => Testing.synthHcl(stackOf({ api: {} }))).toThrow(/prod\/api\/Default cannot be written as HCL/);
  });

  test('is written for a provider that has no more than the bindings', () => {
    process.env.SYNTH_HCL_OUTPUT = 'true';
    expect(() => appWith('6.50.0').synth()).not.toThrow();
  });
});
