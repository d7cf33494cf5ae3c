import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { previewCommand } from '../../cli/preview';
import { describeWithTerraform } from '../emulator/harness';
import { runCommandIn } from '../run-command';
import { Repository } from './git-repository';

function services(access: 'public' | 'private', ...environments: readonly string[]): string {
  const written = environments.map(
    (name) => `  ${name}: {project: acme-${name}, region: europe-west1, backend: {gcs: {bucket: acme-tfstate}}}\n`,
  );
  return `environments:
${written.join('')}services:
  web: {image: "europe-docker.pkg.dev/acme/apps/web:1.0.0", access: ${access}}
`;
}

describeWithTerraform('preview', () => {
  const repository = new Repository();
  const preview = (...args: readonly string[]) => runCommandIn(repository.folder, previewCommand(), args);

  beforeAll(() => {
    repository.write('services.yaml', services('private', 'prod', 'staging')).commit('base');
    repository.write('services.yaml', services('public', 'prod', 'asia'));
  });

  test('reviews what is not committed yet in every environment, and says which are new and which are gone', async () => {
    const before = readdirSync(tmpdir());
    const { status, stdout, stderr } = await preview('--format', 'json', '--fail-on', 'critical');
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    const { findings, notes } = JSON.parse(stdout);
    const found = findings.map(({ plan, rule }: { plan: string; rule: string }) => `${plan} ${rule}`);
    expect(found).toEqual(['prod public-service', 'asia public-service']);
    expect(findings.map(({ source }: { source: unknown }) => source)).toEqual([
      { file: 'services.yaml', line: 5, column: 69 },
      { file: 'services.yaml', line: 5, column: 3 },
    ]);
    expect(notes.map(({ plan, note }: { plan: string; note: string }) => `${plan}: ${note}`)).toEqual(
      expect.arrayContaining([
        'asia: The environment asia is new.',
        expect.stringContaining('The environment staging is gone.'),
      ]),
    );
    expect(repository.git('status', '--short')).toBe(' M services.yaml\n');
    expect(readdirSync(tmpdir())).toEqual(before);
  });
});
