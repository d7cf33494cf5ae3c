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
    summary:
      'Identity-Aware Proxy needs a private service, which only its members may use: a public service answers everybody.',
    example: exampleFile(`admin: {access: public, ${IAP}}`, NUMBER),
    *find({ props: { iap, access, invokers = [] } }) {
      if (!iap || access !== 'public') return;
      const taken = invokers.length > 0 ? "'access: public' and 'invokers'" : "'access: public'";
      yield {
        path: ['access'],
        message: 'access is public, but Identity-Aware Proxy lets only members through',
        remedy: `remove ${taken}, and name everybody who may use it in 'iap.members'`,
      };
    },
  },
  {
    code: 'service-iap-needs-project-number',
    severity: 'error',
    summary:
      "Identity-Aware Proxy calls a service with an account. The account's email address contains the project's number, which is not known from the project's id.",
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
      'Identity-Aware Proxy is before the invoker check, on every URL of the service. It refuses everybody who is not a member, also invokers (Cloud Run, "Configure Identity-Aware Proxy").',
    example: exampleFile(`admin: {${IAP}, invokers: ["group:operations@example.com"]}`, NUMBER),
    *find({ props: { iap, access, invokers = [] } }) {
      // Another finding reports a public service with the proxy, and covers the invokers.
      if (!iap || access === 'public' || invokers.length === 0) return;
      const [who, them] =
        invokers.length === 1
          ? [`the invoker '${invokers[0]}' does`, 'it']
          : [`the ${invokers.length} invokers do`, 'them'];
      yield {
        path: ['invokers'],
        message: `${who} not get through Identity-Aware Proxy`,
        remedy: `write ${them} in 'iap.members'`,
      };
    },
  },
];

/** Calls and triggers that Identity-Aware Proxy refuses, in a whole stack. */
export const serviceIapStackChecks: readonly Check<StackContents>[] = [
  {
    code: 'service-iap-callers',
    severity: 'error',
    summary:
      'Identity-Aware Proxy refuses the tokens of other services, Scheduler, Tasks, Pub/Sub and Eventarc, because their audience is the service and not the proxy\'s client (Cloud Run, "Configure Identity-Aware Proxy", known limitations).',
    example: exampleFile(`admin: {${IAP}, schedules: {nightly: {schedule: 0 3 * * *}}}`, NUMBER),
    *find({ services }) {
      const remedy = 'call a separate service without iap';
      for (const service of services) {
        for (const { callee, origin } of service.outgoingCalls) {
          if (!callee.props?.iap) continue;
          yield {
            ...origin,
            message: `'${callee.node.id}' is behind Identity-Aware Proxy, which refuses this call`,
            remedy,
          };
        }
        if (!service.props.iap) continue;
        for (const { kind, triggerName, origin } of service.triggers) {
          const message = `the ${kind.product} '${triggerName}' is refused by Identity-Aware Proxy`;
          yield { ...origin, message, remedy };
        }
      }
    },
  },
];
