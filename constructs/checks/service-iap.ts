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
    *find({ props: { iap, access, invokers = [] } }) {
      if (!iap || access !== 'public') return;
      const taken = invokers.length > 0 ? "'access: public' and 'invokers'" : "'access: public'";
      yield {
        path: ['access'],
        message: 'access is public beside Identity-Aware Proxy, where members alone get through',
        remedy: `take ${taken} away, and name everybody who may use it in 'iap.members'`,
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
    *find({ props: { iap, access, invokers = [] } }) {
      // Public beside the proxy is told already, with what becomes of the invokers.
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
