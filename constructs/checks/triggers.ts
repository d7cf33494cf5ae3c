import type { Trigger } from '../connections/trigger';
import type { Origin } from '../core/finding';
import { isRegion } from '../core/forms';
import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile, type Problem } from './check';
import type { StackContents } from './stack-contents';

/** Checks for all kinds of triggers. */
export const triggerChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'trigger-name',
    severity: 'error',
    summary: 'Each product has its own rule for names (gcloud reference of the four `create` commands).',
    example: exampleFile('worker: {schedules: {every night: {schedule: 0 3 * * *}}}'),
    *find({ triggers }) {
      for (const { kind, triggerName, props, origin } of triggers) {
        const problem = isToken(triggerName) ? undefined : kind.nameProblem(triggerName);
        if (!problem) continue;
        const message = `'${triggerName}' is not a name for a ${kind.product}${problem.reason}`;
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
    summary: 'A trigger of a service with several regions must name the region that it calls.',
    example: exampleFile('worker: {regions: [europe-west1, us-central1], taskQueues: {mail: {}}}'),
    *find({ triggers, regional }) {
      const regions = regional.map(({ location }) => location);
      for (const { key, props, origin } of triggers) {
        if (props.region === undefined ? regions.length === 1 : isToken(props.region) || regions.includes(props.region))
          continue;
        const message =
          props.region === undefined
            ? `'${key}' does not name the region that it calls`
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
      'Pub/Sub, also for Eventarc, creates tokens and publishes with Google\'s service agents. The grants to these accounts need the project\'s number (Pub/Sub, "Authentication for push subscriptions"; Eventarc, "Roles and permissions for Cloud Run targets").',
    example: exampleFile('worker: {subscriptions: {orders: {topic: orders}}}'),
    *find({ triggers, environment: { props } }) {
      if (props.projectNumber !== undefined) return;
      for (const { kind, origin } of triggers) {
        if (!kind.needsProjectNumber) continue;
        const message = `the number of the project '${props.project}' is not known, so Google's accounts can't be granted what they need`;
        yield { ...origin, message, remedy: "write the environment's projectNumber" };
      }
    },
  },
  {
    code: 'trigger-account-project',
    severity: 'error',
    summary:
      'Cloud Scheduler and Cloud Tasks can only send tokens of accounts in their own project (Cloud Scheduler, "Use authentication with HTTP targets"; Cloud Tasks API, OidcToken).',
    example: exampleFile('worker: {taskQueues: {mail: {serviceAccount: mailer@acme-billing.iam.gserviceaccount.com}}}'),
    *find({ triggers, environment: { props } }) {
      for (const { kind, serviceAccount, origin } of triggers) {
        const project = /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(serviceAccount.email)?.[1];
        if (!kind.needsOwnProject || project === undefined || project === props.project) continue;
        if (serviceAccount.resource || isToken(serviceAccount.email)) continue;
        const message = `'${serviceAccount.email}' is an account of '${project}', not of '${props.project}'`;
        yield { ...below(origin, 'serviceAccount'), message, remedy: 'name an account of the project, or none' };
      }
    },
  },
  {
    code: 'public-with-triggers',
    severity: 'warning',
    summary: 'On a public service anybody may call the path that a trigger calls. The trigger still sends its token.',
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

/** Triggers of a whole stack. */
export const triggerStackChecks: readonly Check<StackContents>[] = [
  {
    code: 'trigger-name-taken',
    severity: 'error',
    summary:
      'The name of a job, queue or trigger is unique in a project and region, and the name of a subscription is unique in a project.',
    example: exampleFile(`
worker: {schedules: {nightly: {schedule: 0 3 * * *}}}
cleaner: {schedules: {nightly: {schedule: 0 4 * * *}}}`),
    *find({ services }) {
      const owners = new Map<string, Trigger>();
      for (const trigger of services.flatMap(({ triggers }) => triggers)) {
        const first = owners.get(trigger.fullName);
        owners.set(trigger.fullName, first ?? trigger);
        if (!first) continue;
        const message = `'${first.service.node.id}' has a ${trigger.kind.product} of the name '${trigger.triggerName}' already`;
        yield { ...trigger.origin, message, remedy: 'give one of them another name' };
      }
    },
  },
];

/** The place of a key of a trigger. */
export function below({ subject, path }: Origin, key: string): Origin {
  return { subject, path: [...path, key] };
}

/** The problem of a trigger that is not in a region. */
export function* wrongLocation({ location, origin }: Trigger & { readonly location: string }): Iterable<Problem> {
  if (isToken(location) || isRegion(location)) return;
  const remedy = "write a region such as 'europe-west1'";
  yield { ...below(origin, 'location'), message: `'${location}' is not a region`, remedy };
}
