import { block, known, list, type Values } from './value';

/** The parts of a resource that may show its project. */
interface Resource {
  readonly type: string;
  readonly values: Values;
  readonly defaultProject?: string;
}

/** Whether two names mean the same project; `perhaps` if one is an id and the other a number, and nothing shows whether they belong together. */
export type Sameness = 'same' | 'other' | 'perhaps';

/**
 * The projects of a stack by their numbers: Google Cloud accepts a project's id and its number alike, and its API returns
 * sometimes the one and sometimes the other.
 */
export class Projects {
  private readonly ids = new Map<string, string>();
  /** The ids with a number that is known for sure: another number is another project. */
  private readonly numbered: ReadonlySet<string>;
  /** The ids of resources that name one of Google's accounts, by the project number in the account's address. */
  private readonly hinted = new Map<string, Set<string>>();

  constructor(resources: Iterable<Resource>) {
    for (const resource of resources) {
      const id = projectId(resource);
      if (id === undefined || isNumber(id)) continue;
      for (const number of numbersShown(resource)) this.ids.set(number, id);
      for (const number of numbersInAccounts(resource)) {
        this.hinted.set(number, (this.hinted.get(number) ?? new Set()).add(id));
      }
    }
    this.numbered = new Set(this.ids.values());
  }

  /** The id of a project that is given by its id, its number, or as `projects/…`; the number if the id is not known. */
  id(project: string): string {
    const name = project.slice(project.lastIndexOf('/') + 1);
    return this.ids.get(name) ?? name;
  }

  /** Whether two names mean the same project. */
  compare(one: string, other: string): Sameness {
    const [a, b] = [this.id(one), this.id(other)];
    if (a === b) return 'same';
    if (isNumber(a) === isNumber(b)) return 'other';
    const [number, id] = isNumber(a) ? [a, b] : [b, a];
    if (this.numbered.has(id)) return 'other';
    // A resource may name an account of another project: this can show that two are the same, not that they differ.
    const [hint, ...others] = this.hinted.get(number) ?? [];
    return hint === id && others.length === 0 ? 'same' : 'perhaps';
  }
}

/** Whether a project is given by its number. */
export function isNumber(project: string): boolean {
  return /^\d+$/.test(project);
}

function projectId({ type, values, defaultProject }: Resource): string | undefined {
  if (type === 'google_project') return known(values.project_id);
  return known(values.project) ?? defaultProject;
}

/** Project numbers that can only belong to the resource's own project. */
function numbersShown({ type, values }: Resource): readonly string[] {
  const named = [values.name, values.id].flatMap((value) => /^projects\/(\d+)\//.exec(known(value) ?? '')?.[1] ?? []);
  const own = [
    values.project_number,
    block(values.metadata).namespace,
    type === 'google_project' ? values.number : null,
  ];
  const direct = own.flatMap((value) => known(value) ?? []).filter(isNumber);
  // cloud.google.com/run/docs/triggering/https-request#deterministic: https://SERVICE-NUMBER.REGION.run.app
  const urls = type.startsWith('google_cloud_run') ? [values.uri, ...list(values.urls)] : [];
  const inUrls = urls.flatMap((url) => /-(\d{6,})\.[a-z0-9-]+\.run\.app$/.exec(known(url) ?? '')?.[1] ?? []);
  return [...named, ...direct, ...inUrls];
}

const ACCOUNT =
  /(?:^|[:\s])(?:service-(\d+)@[\w.-]+|(\d+)-compute@developer\.gserviceaccount\.com|(\d+)@cloudservices\.gserviceaccount\.com)$/;

/** Project numbers in the addresses of Google's own accounts: mostly accounts of the same project. */
function numbersInAccounts({ values }: Resource): readonly string[] {
  const template = block(values.template);
  const accounts = [
    values.member,
    ...list(values.members),
    template.service_account,
    block(template.spec).service_account_name,
  ];
  return accounts.flatMap((account) => {
    const found = ACCOUNT.exec(known(account) ?? '');
    return found?.[1] ?? found?.[2] ?? found?.[3] ?? [];
  });
}
