import type { Found, Inventory, Remark } from './found';

/** The environment that takes what is adopted. */
export interface Target {
  /** Its name in services.yaml. */
  readonly environment: string;
  readonly project: string;
  /** The region of the services that name none. */
  readonly region: string;
  /** The project's number, where the input shows it. */
  readonly projectNumber?: string;
}

/** What the user says of the environment; the rest follows from the input. */
export interface TargetOptions {
  readonly environment: string;
  readonly project?: string;
  readonly region?: string;
}

/** The environment of an adoption, or why none can be told. */
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

/** What is of another project, which another environment has to adopt. */
export function ofOtherProjects({ resources }: Inventory, { project }: Target): Remark[] {
  return resources
    .filter(({ values }) => typeof values.project === 'string' && values.project !== project)
    .map(({ source, values }) => ({
      about: source,
      text: `is of project ${values.project}: adopt it with --project ${values.project} into an environment of its own`,
    }));
}

export const SERVICE = 'google_cloud_run_v2_service';

/** The number is part of Google's own accounts, and of the URL that a service has from its name. */
function numberIn(services: readonly Found[], texts: readonly string[]): string | undefined {
  const url = services.map(({ values }) =>
    /"https:\/\/[a-z0-9-]+-(\d{6,})\.[a-z0-9-]+\.run\.app"/.exec(JSON.stringify(values.urls ?? [])),
  );
  const named = services.map(({ values }) => values.project_number);
  const account = texts.map((text) =>
    /\b(\d{6,})-compute@developer\.gserviceaccount\.com|service-(\d{6,})@/.exec(text),
  );
  // Accounts first: a URL may end in digits that are part of the service's name.
  const found = [...named, ...[...account, ...url].map((match) => match?.[1] ?? match?.[2])];
  return found.find((each): each is string => typeof each === 'string' && each !== '');
}

function mostFrequent(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
}
