import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../../cli/program';
import { version } from '../../package.json';
import { emptyFolder } from '../empty-folder';
import { command, ROOT, runNode } from './run';

const BIN = join(ROOT, 'bin/cdktf-cloud-run.js');

test('--version prints the version', () => {
  expect(command(['--version'], emptyFolder())).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('each subcommand is listed, and has its own help', () => {
  const all = program('1.0.0');
  for (const command of all.commands) {
    expect(all.helpInformation()).toMatch(new RegExp(`^ {2}${command.name()} `, 'm'));
    expect(command.helpInformation()).toMatch(new RegExp(`^Usage: cdktf-cloud-run ${command.name()} [\\s\\S]*--help`));
    expect(program('1.0.0', command.name()).commands.map((only) => only.name())).toEqual([command.name()]);
  }
});

test('--help works after npm run synth --', () => {
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'synth', '--', '--help'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: cdktf-cloud-run synth/);
});

test('an unknown subcommand is refused, with the one that was meant', () => {
  expect(command(['chekc'], emptyFolder())).toMatchObject({ status: 1, stderr: expect.stringContaining('check') });
});

test('a command of Terraform is refused with what to run', () => {
  const { status, stderr } = command(['deploy', 'prod'], emptyFolder());
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      "error: unknown command 'deploy': terraform -chdir=cdktf.out/stacks/<environment> applies and destroys what synth wrote, and so does cdktf deploy\n",
  });
});

test('a Node.js that is too old is reported in one line', () => {
  const script = `Object.defineProperty(process.versions, 'node', { value: '18.19.1' }); require(${JSON.stringify(BIN)});`;
  expect(runNode(['-e', script], ROOT)).toEqual({
    status: 1,
    stdout: '',
    stderr: 'cdktf-cloud-run: Node.js 18.19.1 is too old: install Node.js 20 or later\n',
  });
});

test('without node_modules, a checkout prints what to run', () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'cli'));
  cpSync(BIN, join(folder, 'bin/cdktf-cloud-run.js'));
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  writeFileSync(join(folder, 'cli/program.ts'), '');
  expect(runNode([join(folder, 'bin/cdktf-cloud-run.js'), 'check'], folder)).toEqual({
    status: 1,
    stdout: '',
    stderr: "cdktf-cloud-run: 'tsx/cjs' is not installed: run npm ci\n",
  });
});
