import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { AdoptionRefused, adopt } from '../adopt/adopt';
import type { InputFile } from '../adopt/read';
import { report } from '../adopt/report';

interface Options {
  readonly environment: string;
  readonly project?: string;
  readonly region?: string;
  readonly services: string;
  readonly dryRun?: boolean;
}

/** `adopt FILES`: writes services.yaml and imports.yaml from existing services. */
export function adoptCommand(): Command {
  return new Command('adopt')
    .description('write services.yaml and imports.yaml for existing services')
    .argument(
      '<files...>',
      'exports of gcloud, `terraform show -json` of a state, IAM policies (SERVICE=FILE); - is standard input',
    )
    .option('--environment <name>', 'the environment to adopt into', 'prod')
    .option('--project <id>', 'the project, if the files do not contain it or contain several')
    .option('--region <region>', "the environment's region", undefined)
    .option('--services <file>', 'the file to write or to add to; imports.yaml is beside it', 'services.yaml')
    .option('--dry-run', 'print what would be written, and write nothing')
    .action((files: readonly string[], options: Options) => {
      process.exitCode = run(files, options);
    });
}

function run(paths: readonly string[], { services, dryRun = false, ...target }: Options): number {
  const imports = join(dirname(services), 'imports.yaml');
  try {
    const existing = { services: textOf(services), imports: textOf(imports) };
    const adoption = adopt(paths.map(inputFile), { ...target, existing });
    if (dryRun) process.stdout.write(`# ${services}\n${adoption.services}\n# ${imports}\n${adoption.imports}\n`);
    else {
      writeFileSync(services, adoption.services);
      writeFileSync(imports, adoption.imports);
    }
    process.stdout.write(`${report(adoption, { services, imports, dryRun })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AdoptionRefused)) throw error;
    process.stderr.write(`${error.reasons.join('\n')}\n`);
    return 1;
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** `SERVICE=FILE` names the service of a policy. */
function inputFile(argument: string): InputFile {
  const [, service, path = argument] = /^([a-z][a-z0-9-]*)=(.+)$/s.exec(argument) ?? [];
  try {
    return { name: path, service, text: readFileSync(path === '-' ? 0 : path, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AdoptionRefused([`${path}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}`]);
  }
}
