import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import type { StackContents } from './stack-contents';

const NUMBER = 'projectNumber: "123456789012"';
const IAP = 'iap: {members: ["group:support@example.com"]}';

/** Identity-Aware Proxy on a service itself. */
export const serviceIapChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'service-iap-public',
    severity: 'error',
    summary: 'Identity-Aware Proxy is for a service that only its members may use: a public one answers everybody.',
    example: exampleFile(`admin: {access: public, ${IAP}}`, NUMBER),
    *find({ props: { iap, access } }) {
      if (!iap || access !== 'public') return;
      const message = 'access is public beside Identity-Aware Proxy';
      yield {
        path: ['access'],
        message,
        remedy: "take 'access: public' away; the proxy calls for those it lets through",
      };
    },
  },
  {
    code: 'service-iap-needs-project-number',
    severity: 'error',
    summary:
      "The account by which Identity-Aware Proxy calls a service begins with the project's number, which is not known from its id.",
    example: exampleFile(`admin: {${IAP}}`),
    *find({ props: { iap }, environment: { props } }) {
      if (!iap || props.projectNumber !== undefined) return;
      const message = `the number of the project '${props.project}' is not known`;
      yield { path: ['iap'], message, remedy: "write the environment's projectNumber" };
    },
  },
  {
    code: 'service-iap-invokers',
    severity: 'error',
    summary:
      'Identity-Aware Proxy comes before the invoker check, on every name of the service: who is no member does not get through, whatever is granted (Cloud Run, "Configure Identity-Aware Proxy").',
    example: exampleFile(`admin: {${IAP}, invokers: ["group:operations@example.com"]}`, NUMBER),
    *find({ props: { iap, invokers = [] } }) {
      if (!iap) return;
      for (const [index, invoker] of invokers.entries()) {
        const message = `the invoker '${invoker}' does not get through Identity-Aware Proxy`;
        yield { path: ['invokers', index], message, remedy: "write it among 'iap.members'" };
      }
    },
  },
];

/** The same over a whole stack. */
export const serviceIapStackChecks: readonly Check<StackContents>[] = [
  {
    code: 'service-iap-callers',
    severity: 'error',
    summary:
      'Identity-Aware Proxy turns away the tokens of other services, Scheduler, Tasks, Pub/Sub and Eventarc: their audience is the service, not the proxy\'s client (Cloud Run, "Configure Identity-Aware Proxy", known limitations).',
    example: exampleFile(`admin: {${IAP}, schedules: {nightly: {schedule: 0 3 * * *}}}`, NUMBER),
    *find({ services }) {
      const remedy = 'call a service of its own, without iap';
      for (const service of services) {
        for (const { callee, origin } of service.outgoingCalls) {
          if (!callee.props?.iap) continue;
          yield {
            ...origin,
            message: `'${callee.node.id}' is behind Identity-Aware Proxy, which turns this call away`,
            remedy,
          };
        }
        if (!service.props.iap) continue;
        for (const { kind, triggerName, origin } of service.triggers) {
          const message = `the ${kind.product} '${triggerName}' is turned away by Identity-Aware Proxy`;
          yield { ...origin, message, remedy };
        }
      }
    },
  },
];
