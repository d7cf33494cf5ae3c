import { join } from 'node:path';
import { describeWithTerraform } from '../emulator/harness';
import { emptyFolder, plan, ROOT, synth } from './run';

describeWithTerraform('npm run plan', () => {
  const folder = emptyFolder();
  beforeAll(() => {
    synth(['--quiet', join(ROOT, 'services.yaml')], folder);
  });

  test('plans an environment with a remote state, without network or credentials', () => {
    const { status, stdout } = plan(['prod', '-no-color'], folder);
    expect(stdout).toContain('# google_cloud_run_v2_service.api will be created');
    expect(stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(status).toBe(0);
  });

  test("ends as Terraform's plan does", () => {
    expect(plan(['staging', '-detailed-exitcode'], folder).status).toBe(2);
  });

  test('says which environments there are', () => {
    expect(plan(['production'], folder)).toEqual({
      status: 1,
      stdout: '',
      stderr: "there is no environment 'production'; write npm run plan -- and one of prod, staging\n",
    });
    expect(plan([], folder).stderr).toContain('no environment is named');
  });
});
