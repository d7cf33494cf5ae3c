import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyFolder } from '../empty-folder';
import { describeWithTerraform } from '../emulator/harness';
import { type Ended, plan, ROOT, synth } from './run';

const EXAMPLE = join(ROOT, 'services.yaml');
const SMALL = `environments:
  prod: {project: acme-prod, region: europe-west1, backend: {gcs: {bucket: acme-tfstate}}}
services:
  small: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}
`;

describeWithTerraform('plan', () => {
  const folder = emptyFolder();
  let small: Ended;
  beforeAll(() => {
    writeFileSync(join(folder, 'small.yaml'), SMALL);
    small = plan(['prod', 'small.yaml'], folder);
  });

  test('plans an environment of a file with a remote state, and prints which file, without network or credentials', () => {
    expect(small.stdout).toContain('# google_cloud_run_v2_service.small will be created');
    expect(small.stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(small).toMatchObject({ status: 0, stderr: 'read small.yaml\n' });
  });

  test('writes no colours into a pipe', () => {
    expect(small.stdout).toContain('will be created');
    expect(small.stdout).not.toContain('\x1b');
  });

  test('plans the file that the last synth read, and never another file without a message', () => {
    synth(['--quiet', EXAMPLE], folder);
    const { stdout, stderr } = plan(['prod'], folder);
    expect(stdout).toContain('# google_cloud_run_v2_service.api will be created');
    expect(stderr).toMatch(/^read .*services\.yaml, as the last synth did\n$/);
    expect(plan(['prod', 'small.yaml'], folder).stderr).toMatch(
      /^read small.yaml; the last synth read .*services.yaml\n$/,
    );
  });

  test("passes arguments to Terraform's plan and has its exit status", () => {
    expect(plan(['prod', 'small.yaml', '-detailed-exitcode'], folder).status).toBe(2);
    expect(plan(['prod', '-detailed-exitcode', '-target=google_service_account.none'], folder).status).toBe(0);
  });
});

test('names the environments of the file, not those of an earlier one', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'small.yaml'), SMALL);
  synth(['--quiet', EXAMPLE], folder);
  expect(plan(['staging', 'small.yaml'], folder)).toEqual({
    status: 1,
    stdout: '',
    stderr: "small.yaml has no environment 'staging': name one of prod\n",
  });
  expect(plan([], folder).stderr).toBe('no environment is named: name one of prod\n');
});

test('without Terraform it prints in one line what to install', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'services.yaml'), SMALL);
  const { status, stderr } = plan(['prod'], folder, { PATH: dirname(process.execPath) });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      "read services.yaml\nthere is no 'terraform' on the PATH: install Terraform 1.7 or later (developer.hashicorp.com/terraform/install)\n",
  });
});
