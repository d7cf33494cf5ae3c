import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Options, transformFileSync } from '@swc/core';

const ROOT = resolve(__dirname, '../..');
const SOURCES = [
  'accepted',
  'adopt',
  'cli',
  'constructs',
  'emulator',
  'exposure',
  'review',
  'services-yaml',
  'terraform-json',
];
const COMPILED: Options = {
  configFile: false,
  swcrc: false,
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
};

/**
 * `cdktf-cloud-run` as the package has it, made once for a run of jest. In the checkout tsx compiles the sources at each start, which
 * takes half a second of processor time.
 */
export function builtCommand(): string {
  const folder = join(tmpdir(), 'built-command', 'package');
  if (!existsSync(folder)) build(folder);
  return join(folder, 'bin/cdktf-cloud-run.js');
}

/** Another worker of jest may do the same at the same time: the first one to be ready wins. */
function build(folder: string): void {
  const own = mkdtempSync(`${folder}-`);
  for (const name of ['bin', 'package.json']) cpSync(join(ROOT, name), join(own, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(own, 'node_modules'));
  for (const source of SOURCES) compile(source, join(own, 'dist'));
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(own, { recursive: true });
  }
}

function compile(source: string, dist: string): void {
  for (const name of readdirSync(join(ROOT, source), { encoding: 'utf8', recursive: true })) {
    const [from, to] = [join(ROOT, source, name), join(dist, source, name)];
    mkdirSync(dirname(to), { recursive: true });
    if (name.endsWith('.json')) cpSync(from, to);
    if (name.endsWith('.ts')) writeFileSync(to.replace(/\.ts$/, '.js'), transformFileSync(from, COMPILED).code);
  }
}
