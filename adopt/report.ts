import { formatProblem } from '../services-yaml';
import type { Adoption } from './adopt';
import type { Remark } from './found';
import { accountOf } from './identity';
import { releaseOf } from './release';

/** The files that an adoption writes. */
export interface WrittenFiles {
  readonly services: string;
  readonly imports: string;
  /** Whether nothing was written. */
  readonly dryRun: boolean;
}

/** The report: what was adopted, what was not, what the first apply does and what to check. It shows no value of a variable. */
export function report(adoption: Adoption, { services, imports, dryRun }: WrittenFiles): string {
  const { adopted, kept, outcome, leftOut, target } = adoption;
  const names = adopted.map(({ key }) => key).filter((key) => !kept.includes(key));
  const count = Object.keys(outcome.imports).length;
  const verb = dryRun ? 'would be written to' : 'written to';
  return [
    `${target.environment}: ${counted(names.length, 'service')} ${verb} ${services} (${names.join(', ') || 'none'}), ${counted(count, 'import')} to ${imports}`,
    ...section('These are in the file already and stay as they are there', kept),
    ...section('The first apply creates these, or finds a grant that exists already', outcome.created),
    ...section('The first apply changes these', changes(adoption)),
    ...section('Left out', leftOut.map(line)),
    ...section('To check', toLookAt(adoption, services)),
    ...section(
      'Remove these from the Terraform configuration that manages them now, in the same change, so that nothing is destroyed or managed twice',
      releases(adoption),
    ),
  ].join('\n');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : ['', `${title}:`, ...lines.flatMap((each) => each.split('\n')).map((each) => `  ${each}`)];
}

function line({ about, text }: Remark): string {
  return `${about}: ${text}`;
}

/** What differs, and what the provider does not read at an import. */
function changes({ outcome, adopted }: Adoption): string[] {
  const changed = outcome.changed.map(({ address, paths }) => `${address}: ${paths.join(', ')}`);
  const unprotected = adopted.filter(({ props }) => props.deletionProtection === false).map(({ key }) => key);
  return [
    ...changed,
    "labels and annotations of imported resources, only in Terraform's state: the provider does not import them, and adds goog-terraform-provisioned",
    ...(unprotected.length > 0
      ? [`deletion_protection of ${unprotected.join(', ')}, only in the state: an import sets it`]
      : []),
  ];
}

function toLookAt({ adopted, problems, withoutPolicy }: Adoption, file: string): string[] {
  const unknown = withoutPolicy.map(
    (key) => `who may call ${key} is not known: no grant on it is in the files, and grants that exist stay`,
  );
  const open = adopted
    .filter(({ props }) => props.access === 'public')
    .map(({ key }) => `${key} can be called by anyone`);
  const defaults = adopted
    .filter((service) => /^(\d+-compute@developer\.gserviceaccount\.com)?$/.test(accountOf(service) ?? ''))
    .map(
      ({ key }) =>
        `${key} runs as the default account, which may do nearly everything in a project that grants it Editor`,
    );
  return [...unknown, ...open, ...defaults, ...problems.map((problem) => formatProblem(file, problem))];
}

/** Lines for the old configuration, and commands for instances that a `removed` block cannot name. */
function releases({ elsewhere }: Adoption): string[] {
  const { blocks, instances } = releaseOf(elsewhere.adopted, elsewhere.managed);
  return [
    ...blocks.map((address) => `removed {\n  from = ${address}\n  lifecycle {\n    destroy = false\n  }\n}`),
    ...instances.map((address) => `terraform state rm '${address}'`),
  ];
}
