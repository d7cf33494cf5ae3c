import { App, Testing } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';
import { emptyFolder } from '../empty-folder';
import { IMAGE, stackOf } from './synth';

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
