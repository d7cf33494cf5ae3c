import { block, known, list, type Values } from './value';

/** A resource, as far as it tells of its project. */
interface Resource {
  readonly type: string;
  readonly values: Values;
  readonly defaultProject?: string;
}

/**
 * The projects of a stack by their numbers: Google Cloud takes a project's id and its number for the same, and answers
 * now with the one, now with the other.
 */
export class Projects {
  private readonly ids = new Map<string, string>();

  constructor(resources: Iterable<Resource>) {
    const hinted = new Map<string, Set<string>>();
    for (const resource of resources) {
      const id = projectId(resource);
      if (id === undefined || isNumber(id)) continue;
      for (const number of numbersShown(resource)) this.ids.set(number, id);
      for (const number of numbersInAccounts(resource)) hinted.set(number, (hinted.get(number) ?? new Set()).add(id));
    }
    // An account of another project may be named anywhere, so its number counts only where nothing speaks against it.
    const numbered = new Set(this.ids.values());
    for (const [number, [id, ...others]] of hinted) {
      if (id !== undefined && others.length === 0 && !numbered.has(id) && !this.ids.has(number))
        this.ids.set(number, id);
    }
  }

  /** The id of a project that is given by its id, its number, or as `projects/…`; the number where the id is not known. */
  id(project: string): string {
    const name = project.slice(project.lastIndexOf('/') + 1);
    return this.ids.get(name) ?? name;
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

/** Numbers that can only be those of the resource's own project. */
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

/** Numbers in the addresses of Google's own accounts, which are mostly those of the same project. */
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
