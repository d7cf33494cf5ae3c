import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommand } from '../../cli/check';
import { synthCommand } from '../../cli/synth';
import { emptyFolder } from '../empty-folder';
import { runCommandIn } from '../run-command';

const SERVICES = `environments:
  prod: {project: acme-prod, region: europe-west1}
services:
  web:
    image: europe-docker.pkg.dev/acme/apps/web:1.0.0
    access: public
    domains: [www.example.com, shop.example.com]
`;
const PATH = 'services.web.domains[*]';
const entry = (until: string, path = PATH, code = 'domain-mapping-preview') =>
  `- {warning: ${code}, path: '${path}', reason: no service level is promised, until: ${until}}\n`;

/** A folder with a services.yaml that has one warning, and an accepted.yaml. */
function folderWith(accepted?: string): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'services.yaml'), SERVICES);
  if (accepted !== undefined) writeFileSync(join(folder, 'accepted.yaml'), accepted);
  return folder;
}

const check = (folder: string, ...args: string[]) => runCommandIn(folder, checkCommand(), args);

test('--strict stops at a warning, unless it is accepted; it is shown all the same, with the reason', async () => {
  expect((await check(folderWith())).status).toBe(0);
  expect((await check(folderWith(), '--strict')).status).toBe(1);
  const { status, stdout } = await check(folderWith(entry('9999-12-31')), '--strict');
  expect(status).toBe(0);
  expect(stdout).toContain('services.yaml:7:32 accepted services.web.domains[1]: 2 domain mappings are a preview');
  expect(stdout).toContain('[domain-mapping-preview] (accepted until 9999-12-31: no service level is promised)\n');
  expect(stdout).not.toContain('warning');
});

test.each([
  ['that is over', entry('2020-01-01'), 'accepted.yaml:1:3 accepted it until 2020-01-01'],
  ['that matches nothing', entry('9999-12-31', 'services.api'), 'accepted.yaml:1:3 warning: matches no warning'],
  ['for another path', entry('9999-12-31', 'services.web.domains[0]'), 'services.yaml:7:32 warning'],
])('an entry %s leaves the warning active', async (_, accepted, words) => {
  const { status, stdout } = await check(folderWith(accepted), '--strict');
  expect(status).toBe(1);
  expect(stdout).toContain(words);
});

test('JSON contains what is accepted', async () => {
  const { status, stdout } = await check(folderWith(entry('9999-12-31')), '--strict', '--format', 'json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout).problems).toMatchObject([
    { severity: 'warning', accepted: { reason: 'no service level is promised', until: '9999-12-31' } },
  ]);
});

test('a broken file is refused with its places, beside the mistakes of services.yaml', async () => {
  const { status, stderr } = await check(folderWith(entry('soon', PATH, 'domain-mapping-previw')));
  expect(status).toBe(1);
  expect(stderr).toContain(
    "accepted.yaml:1:13 [0].warning: no check warns with 'domain-mapping-previw' (did you mean 'domain-mapping-preview'?)",
  );
  expect(stderr).toContain("accepted.yaml:1:114 [0].until: 'soon' is not a date: write YYYY-MM-DD");
});

test('the file is looked for beside services.yaml, or is the one that is named', async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app/services.yaml'), SERVICES);
  writeFileSync(join(folder, 'app/accepted.yaml'), entry('9999-12-31'));
  expect((await check(folder, 'app/services.yaml', '--strict')).status).toBe(0);
  writeFileSync(join(folder, 'none.yaml'), '');
  expect((await check(folder, 'app/services.yaml', '--strict', '--accepted', 'none.yaml')).status).toBe(1);
});

test('a synth shows accepted warnings as accepted', async () => {
  const { status, stdout } = await runCommandIn(folderWith(entry('9999-12-31')), synthCommand(), []);
  expect(status).toBe(0);
  expect(stdout).toContain('services.yaml:7:32 accepted services.web.domains[1]');
});
