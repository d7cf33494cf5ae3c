import type { Found, Inventory, Remark } from './found';

/** The environment to which the adopted services are added. */
export interface Target {
  /** Its name in services.yaml. */
  readonly environment: string;
  readonly project: string;
  /** The region of services that name none. */
  readonly region: string;
  /** The project's number, if the input shows it. */
  readonly projectNumber?: string;
}

/** Settings of the environment that the user gives; the others are read from the input. */
export interface TargetOptions {
  readonly environment: string;
  readonly project?: string;
  readonly region?: string;
}

/** The environment of an adoption, or why it is not known. */
export function targetOf(
  { resources, grants }: Inventory,
  { environment, project: asked, region: preferred }: TargetOptions,
): Target | string {
  const services = resources.filter(({ type }) => type === SERVICE);
  if (services.length === 0)
    return 'no Cloud Run service is in the files; pass an export of one, or the state of the Terraform that made it';
  const projects = mostFrequent(services.map(({ values }) => String(values.project)));
  const project = asked ?? projects[0] ?? '';
  if (asked === undefined && projects.length > 1)
    return `the files hold services of ${projects.length} projects (${projects.sort().join(', ')}); say with --project which one to adopt`;
  const own = services.filter(({ values }) => values.project === project);
  if (own.length === 0)
    return `no service of project ${project} is in the files; they hold ${projects.sort().join(', ')}`;
  const region = preferred ?? mostFrequent(own.map(({ values }) => String(values.location)))[0] ?? '';
  const texts = [...own.map(({ values }) => JSON.stringify(values)), ...grants.map(({ member }) => member)];
  return { environment, project, region, projectNumber: numberIn(own, texts) };
}

/** Resources of other projects: other environments have to adopt them. */
export function ofOtherProjects({ resources }: Inventory, { project }: Target): Remark[] {
  return resources
    .filter(({ values }) => typeof values.project === 'string' && values.project !== project)
    .map(({ source, values }) => ({
      about: source,
      text: `is of project ${values.project}: adopt it with --project ${values.project} into an environment of its own`,
    }));
}

export const SERVICE = 'google_cloud_run_v2_service';

/** The project number: it is part of the addresses of Google's own accounts, and of the deterministic URL of a service. */
function numberIn(services: readonly Found[], texts: readonly string[]): string | undefined {
  const url = services.map(({ values }) =>
    /"https:\/\/[a-z0-9-]+-(\d{6,})\.[a-z0-9-]+\.run\.app"/.exec(JSON.stringify(values.urls ?? [])),
  );
  const named = services.map(({ values }) => values.project_number);
  const account = texts.map((text) =>
    /\b(\d{6,})-compute@developer\.gserviceaccount\.com|service-(\d{6,})@/.exec(text),
  );
  // Accounts come first: the digits at the end of a URL may be part of the service's name.
  const found = [...named, ...[...account, ...url].map((match) => match?.[1] ?? match?.[2])];
  return found.find((each): each is string => typeof each === 'string' && each !== '');
}

function mostFrequent(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
}
