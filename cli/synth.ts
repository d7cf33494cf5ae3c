import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { dnsSheet } from '../services-yaml';

/** `npm run synth -- [--quiet] [FILE]`; the environment variable SERVICES_FILE names the file where cdktf runs the app. */
export function synthArguments(): { readonly path: string; readonly quiet: boolean } {
  // Lenient, so that a mistake is told in one line rather than by a stack trace.
  const { values, positionals } = parseArgs({
    options: { quiet: { type: 'boolean' } },
    allowPositionals: true,
    strict: false,
  });
  const [path, ...rest] = positionals;
  const unknown = [
    ...Object.keys(values)
      .filter((name) => name !== 'quiet')
      .map((name) => `--${name}`),
    ...rest,
  ];
  if (unknown.length > 0) {
    process.stderr.write(`'${unknown[0]}' is one too many; write npm run synth -- [--quiet] [FILE]\n`);
    process.exit(1);
  }
  return { path: path ?? process.env.SERVICES_FILE ?? 'services.yaml', quiet: values.quiet === true };
}

/** Writes the page of DNS records to create; one of an earlier run does not stay when there are none. */
export function writeDnsSheet(folder: string, stacks: readonly CloudRunStack[]): void {
  const file = join(folder, 'dns.md');
  const sheet = dnsSheet(stacks);
  if (sheet === undefined) rmSync(file, { force: true });
  else writeFileSync(file, sheet);
}

/** What to say of the folders of environments that are no longer in the file: what they made still exists. */
export function abandonedFolders(folder: string, stacks: readonly CloudRunStack[]): string[] {
  const stacksFolder = join(folder, 'stacks');
  if (!existsSync(stacksFolder)) return [];
  const names = new Set(stacks.map(({ node }) => node.id));
  return readdirSync(stacksFolder)
    .filter((name) => !names.has(name))
    .map((name) => {
      const path = join(stacksFolder, name);
      return `${path} is of an earlier run: 'terraform -chdir=${path} destroy' takes away what it made; cdktf deletes the folder when it runs next`;
    });
}
