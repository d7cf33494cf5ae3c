import { Construct, type IConstruct } from 'constructs';
import { type Check, exampleFile } from '../../constructs/checks/check';
import { isToken } from '../../constructs/core/literal';
import { writtenAt } from '../../constructs/core/origin';
import type { CloudRunStack } from '../../constructs/stack/cloud-run-stack';
import type { Path } from '../load/path';
import type { JsonSchema } from '../schema/json-schema';
import { alternatives, definition, valueSchema } from '../schema/schema';

/** Forms of text that contain a project: a full resource name, a Cloud SQL instance, a service account. */
const FORMS = [
  /^projects\/([^/]+)\//,
  /^([a-z][-a-z0-9]{4,28}[a-z0-9]):[a-z0-9-]+:[A-Za-z0-9-]+$/,
  /@([a-z][-a-z0-9]{4,28}[a-z0-9])\.iam\.gserviceaccount\.com$/,
];
/** Keys that may name any project: images serve all environments, and callers may be in any project. */
const ANYWHERE = ['image', 'invokers', 'iam', 'enqueuers', 'publishers'];

/** Checks for the use of another environment's resources. */
export const foreignProjectChecks: readonly Check<readonly CloudRunStack[]>[] = [
  {
    code: 'resource-of-another-environment',
    severity: 'warning',
    summary:
      "A service uses a resource in the project of another environment, for example staging uses production's database. It gets roles there, and works on the data of the other environment.",
    example: exampleFile('api: {cloudSqlInstances: ["acme-prod:europe-west1:main"]}').replace(
      '  prod:\n',
      '  staging:\n    project: acme-staging\n    region: europe-west1\n  prod:\n',
    ),
    *find(stacks) {
      const owners = new Map(stacks.map((stack) => [projectOf(stack), stack.node.id]));
      for (const stack of stacks) {
        const own = projectOf(stack);
        for (const { project, text, subject, path } of usesOf(stack)) {
          const owner = owners.get(project);
          if (owner === undefined || project === own) continue;
          const message = `environment '${stack.node.id}' uses '${text}', which is of environment '${owner}'`;
          const remedy = `name one of the project '${own}' for this environment; leave it if that is meant`;
          yield { subject, path, message, remedy };
        }
      }
    },
  },
];

/** The project of a stack, read from its first service. */
function projectOf({ services: [first] }: CloudRunStack): string {
  return first?.environment.props.project ?? '';
}

/** The projects that the services of a stack use, and where each is written. */
function usesOf(stack: CloudRunStack): (Use & { readonly subject: IConstruct })[] {
  return stack.services.flatMap((service) => [
    ...projectsIn(service.props, []).map((use) => ({ ...use, subject: service })),
    ...service.triggers.flatMap(({ props, origin }) => {
      const { subject, path } = writtenAt(origin);
      return projectsIn(props, path).map((use) => ({ ...use, subject }));
    }),
  ]);
}

interface Use {
  readonly project: string;
  readonly text: string;
  readonly path: Path;
}

/** The projects that a value names. Free text names none; keys in ANYWHERE are skipped. */
function projectsIn(value: unknown, path: Path): Use[] {
  if (typeof value === 'string') {
    if (isToken(value)) return [];
    const project = FORMS.map((form) => form.exec(value)?.[1]).find((found) => found !== undefined);
    return project === undefined || isFreeText(path) ? [] : [{ project, text: value, path }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => projectsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null || Construct.isConstruct(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ANYWHERE.includes(key) ? [] : projectsIn(inner, [...path, key]),
  );
}

/** Whether the value there has the type `Text`, as that of a variable, a label or an argument has. */
function isFreeText(path: Path): boolean {
  const there = path.reduce<readonly JsonSchema[]>(
    (maps, key) => maps.flatMap((map) => map.items ?? valueSchema(map, String(key)) ?? []).flatMap(alternatives),
    [definition('CloudRunServiceProps')],
  );
  return there.some((schema) => schema.type === 'string' && schema.pattern === undefined && schema.enum === undefined);
}
