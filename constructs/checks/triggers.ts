import type { Trigger } from '../connections/trigger';
import { TRIGGER_KINDS, type TriggerKind } from '../connections/trigger-kind';
import type { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { pubsubNameProblem } from './forms';

/** What a product takes for a name, and in words. */
const NAMES: Readonly<Record<Exclude<TriggerKind, 'subscriptions'>, { pattern: RegExp; words: string }>> = {
  schedules: { pattern: /^[A-Za-z0-9_-]{1,500}$/, words: 'letters, digits, dashes and underscores, at most 500' },
  taskQueues: { pattern: /^[A-Za-z0-9-]{1,100}$/, words: 'letters, digits and dashes, at most 100' },
  events: {
    pattern: /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    words: 'lower-case letters, digits and dashes, at most 63, beginning with a letter',
  },
};

/** Kinds that Google's own accounts take part in, whose addresses begin with the project's number. */
const NEED_NUMBER: readonly TriggerKind[] = ['subscriptions', 'events'];
/** Kinds whose product sends tokens of accounts of its own project alone. */
const OWN_PROJECT: readonly TriggerKind[] = ['schedules', 'taskQueues'];

/** What holds for everything that calls a service on its own. */
export const triggerChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'trigger-name',
    severity: 'error',
    summary: 'Each product has its own rule for names (gcloud reference of the four `create` commands).',
    example: exampleFile('worker: {schedules: {every night: {schedule: 0 3 * * *}}}'),
    *find({ triggers }) {
      for (const { kind, triggerName, props, origin } of triggers) {
        const problem = isToken(triggerName) ? undefined : nameProblem(kind, triggerName);
        if (!problem) continue;
        const message = `'${triggerName}' is not a name for a ${TRIGGER_KINDS[kind].product}${problem.reason}`;
        yield { ...(props.name === undefined ? origin : below(origin, 'name')), message, remedy: problem.remedy };
      }
    },
  },
  {
    code: 'trigger-path',
    severity: 'error',
    summary:
      'A trigger calls a path of the service\'s own run.app URL: a mapped domain does not count as internal (Cloud Run, "Restrict network ingress"), and its URL would be another audience.',
    example: exampleFile(
      'worker: {ingress: internal, schedules: {nightly: {schedule: 0 3 * * *, path: "https://worker.example.com/"}}}',
    ),
    *find({ triggers }) {
      for (const { props, origin } of triggers) {
        const { path } = props;
        if (path === undefined || isToken(path) || /^\/[^\s#]*$/.test(path)) continue;
        const remedy = /^[a-z]+:\/\//i.test(path)
          ? "write the path alone, which is called on the service's run.app URL"
          : "write it like '/nightly'";
        yield { ...below(origin, 'path'), message: `'${path}' is not a path`, remedy };
      }
    },
  },
  {
    code: 'trigger-region',
    severity: 'error',
    summary: 'A trigger calls one region of a service that has several, and names it.',
    example: exampleFile('worker: {regions: [europe-west1, us-central1], taskQueues: {mail: {}}}'),
    *find({ triggers, regional }) {
      const regions = regional.map(({ location }) => location);
      for (const { node, props, origin } of triggers) {
        if (props.region === undefined ? regions.length === 1 : isToken(props.region) || regions.includes(props.region))
          continue;
        const message =
          props.region === undefined
            ? `'${origin.path.at(-1) ?? node.id}' does not say which region it calls`
            : `the service is not in '${props.region}'`;
        const place = props.region === undefined ? origin : below(origin, 'region');
        yield { ...place, message, remedy: `write region: ${regions.join(' or ')}` };
      }
    },
  },
  {
    code: 'trigger-needs-number',
    severity: 'error',
    summary:
      'Pub/Sub, and Eventarc through it, make tokens and publish with Google\'s own accounts, whose grants need the project\'s number (Pub/Sub, "Authentication for push subscriptions"; Eventarc, "Roles and permissions for Cloud Run targets").',
    example: exampleFile('worker: {subscriptions: {orders: {topic: orders}}}'),
    *find({ triggers, environment: { props } }) {
      if (props.projectNumber !== undefined) return;
      for (const { kind, origin } of triggers) {
        if (!NEED_NUMBER.includes(kind)) continue;
        const message = `the number of the project '${props.project}' is not known, so Google's accounts can't be granted what they need`;
        yield { ...origin, message, remedy: "write the environment's projectNumber" };
      }
    },
  },
  {
    code: 'trigger-account-project',
    severity: 'error',
    summary:
      'Cloud Scheduler and Cloud Tasks send tokens of accounts of their own project alone (Cloud Scheduler, "Use authentication with HTTP targets"; Cloud Tasks API, OidcToken).',
    example: exampleFile('worker: {taskQueues: {mail: {serviceAccount: mailer@acme-billing.iam.gserviceaccount.com}}}'),
    *find({ triggers, environment: { props } }) {
      for (const { kind, serviceAccount, origin } of triggers) {
        const project = /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(serviceAccount.email)?.[1];
        if (!OWN_PROJECT.includes(kind) || project === undefined || project === props.project) continue;
        if (serviceAccount.resource || isToken(serviceAccount.email)) continue;
        const message = `'${serviceAccount.email}' is an account of '${project}', not of '${props.project}'`;
        yield { ...below(origin, 'serviceAccount'), message, remedy: 'name an account of the project, or none' };
      }
    },
  },
  {
    code: 'public-with-triggers',
    severity: 'warning',
    summary: 'On a public service anybody may call what a trigger calls; its token is sent all the same.',
    example: exampleFile('web: {access: public, schedules: {nightly: {schedule: 0 3 * * *, path: /nightly}}}'),
    *find({ props: { access }, triggers }) {
      if (access !== 'public') return;
      for (const { origin } of triggers) {
        const message = 'the service is public, so anybody may call what this calls';
        yield { ...origin, message, remedy: 'check the token in the service, or move the work to a private one' };
      }
    },
  },
];

/** Triggers over a whole stack. */
export const triggerStackChecks: readonly Check<Environment>[] = [
  {
    code: 'trigger-name-taken',
    severity: 'error',
    summary: 'A project has one job, queue or trigger of a name in a region, and one subscription of a name.',
    example: exampleFile(`
worker: {schedules: {nightly: {schedule: 0 3 * * *}}}
cleaner: {schedules: {nightly: {schedule: 0 4 * * *}}}`),
    *find({ services }) {
      const owners = new Map<string, Trigger>();
      for (const trigger of services.flatMap(({ triggers }) => triggers)) {
        const first = owners.get(trigger.fullName);
        owners.set(trigger.fullName, first ?? trigger);
        if (!first) continue;
        const message = `'${first.service.node.id}' has a ${TRIGGER_KINDS[trigger.kind].product} of the name '${trigger.triggerName}' already`;
        yield { ...trigger.origin, message, remedy: 'give one of them another name' };
      }
    },
  },
];

function nameProblem(kind: TriggerKind, name: string): ReturnType<typeof pubsubNameProblem> {
  if (kind === 'subscriptions') return pubsubNameProblem(name);
  const { pattern, words } = NAMES[kind];
  return pattern.test(name) ? undefined : { reason: '', remedy: `use ${words}` };
}

/** The place of a key of a trigger. */
export function below({ subject, path }: Origin, key: string): Origin {
  return { subject, path: [...path, key] };
}
