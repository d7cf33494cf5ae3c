import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CloudData, Emulator } from '../../emulator';
import { describeWithTerraform, useWorkspace, Workspace } from './harness';
import { SERVICE_ID, serviceWith } from './stacks';

const MEMBERS = Object.fromEntries(
  Array.from({ length: 60 }, (_, n) => [`m${n}`, `user:${String(n).padStart(2, '0')}@example.com`]),
);

describeWithTerraform('fifty calls at once', () => {
  const workspace = useWorkspace();

  test('lose no grant of one policy', async () => {
    await workspace.current.write(serviceWith(MEMBERS)).apply('-parallelism=50');
    expect(workspace.current.cloud.policy(SERVICE_ID)['roles/run.invoker']).toEqual(Object.values(MEMBERS));
    await workspace.current.write(serviceWith({ m7: 'user:07@example.com' })).apply('-parallelism=50');
    expect(workspace.current.cloud.policy(SERVICE_ID)['roles/run.invoker']).toEqual(['user:07@example.com']);
  });

  test('two stacks of different projects do not see each other’s resources resources resources', async () => {
    const other = await Workspace.open(workspace.current.cloud.data);
    try {
      const inStaging = { ...serviceWith({ public: 'allUsers' }), provider: { google: { project: 'acme-staging' } } };
      await Promise.all([workspace.current.write(serviceWith(MEMBERS)).apply(), other.write(inStaging).apply()]);
      expect(Object.keys(workspace.current.cloud.data.iam).sort()).toEqual([
        SERVICE_ID,
        SERVICE_ID.replace('acme-prod', 'acme-staging'),
      ]);
    } finally {
      await other.close();
    }
  });
});

describeWithTerraform('a cloud in a file', () => {
  const workspace = useWorkspace();

  test('contains every change that Terraform got a response for, and is read by the next emulator', async () => {
    const file = join(workspace.current.folder, 'cloud.json');
    const saved = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as CloudData;
    const first = await Workspace.open({}, { cloudFile: file });
    try {
      await first.write(serviceWith(MEMBERS)).apply('-parallelism=50');
      // The file now has the content that a killed emulator would leave.
      const left = join(workspace.current.folder, 'left.json');
      for (const suffix of ['', '.changes'].filter((each) => existsSync(file + each))) {
        copyFileSync(file + suffix, left + suffix);
      }
      await (await Emulator.start({ cloudFile: left })).close();
      expect(saved(left)).toEqual(JSON.parse(JSON.stringify(first.cloud.data)));
    } finally {
      await first.close();
    }
    expect(saved(file)).toEqual(JSON.parse(JSON.stringify(first.cloud.data)));
    expect(Object.keys(saved(file))).toEqual(Object.keys(saved(file)).sort());
    const second = await Emulator.start({ cloudFile: file });
    expect(second.cloud.policy(SERVICE_ID)['roles/run.invoker']).toHaveLength(60);
    await second.close();
  });

  test('with an unknown section is refused, because it would be ignored', async () => {
    const file = workspace.current.file('cloud.json', '{"organisationPolicies": {}}');
    await expect(Emulator.start({ cloudFile: file })).rejects.toThrow(
      "'organisationPolicies' is not one of created, iam, organizationPolicies, projects, resources",
    );
  });

  test('that cannot be written is an error of the apply, which keeps what it did in the state', async () => {
    const lost = await Workspace.open({}, { cloudFile: join(workspace.current.folder, 'missing', 'cloud.json') });
    try {
      await expect(lost.write(serviceWith({})).apply()).rejects.toThrow('ENOENT');
      expect((await lost.state('google_cloud_run_v2_service.api')).id).toBe(SERVICE_ID);
    } finally {
      await lost.close().catch(() => {});
    }
  });

  test('that is no JSON is refused with its name', async () => {
    const file = workspace.current.file('broken.json', '{');
    await expect(Emulator.start({ cloudFile: file })).rejects.toThrow(`${file} is not JSON`);
  });
});
