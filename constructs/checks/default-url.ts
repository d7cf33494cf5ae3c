import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import type { StackContents } from './stack-contents';

const REMEDY = "remove 'defaultUrl: false', and close the URL to the internet with 'ingress: internal'";

/** Services without a run.app URL. */
export const defaultUrlChecks: readonly Check<StackContents>[] = [
  {
    code: 'no-default-url-called',
    severity: 'error',
    summary:
      'Callers and triggers use the run.app URL of a service. Without it they cannot reach the service (Cloud Run, "Disable the default URL").',
    example: exampleFile(
      'worker: {defaultUrl: false, domains: [worker.example.com], schedules: {nightly: {schedule: 0 3 * * *}}}',
    ),
    *find({ services }) {
      for (const service of services) {
        for (const { callee, origin } of service.outgoingCalls) {
          if (callee.props?.defaultUrl !== false) continue;
          const message = `'${callee.node.id}' has no run.app URL, so it cannot be called`;
          yield { ...origin, message, remedy: REMEDY };
        }
        if (service.props.defaultUrl !== false) continue;
        for (const { kind, triggerName, origin } of service.triggers) {
          const message = `the ${kind.product} '${triggerName}' calls the run.app URL, which '${service.node.id}' does not have`;
          yield { ...origin, message, remedy: REMEDY };
        }
      }
    },
  },
  {
    code: 'no-way-in',
    severity: 'warning',
    summary: 'Without its run.app URL, only a mapped domain or a load balancer can reach a service.',
    example: exampleFile('api: {defaultUrl: false}'),
    *find({ services, loadBalancers }) {
      for (const service of services) {
        if (service.props.defaultUrl !== false || isNamed(service)) continue;
        if (loadBalancers.some(({ backends }) => backends.some((backend) => backend.service === service))) continue;
        const message = `'${service.node.id}' cannot be reached without its run.app URL`;
        const remedy = 'name it in a load balancer, or write domains';
        yield { subject: service, path: ['defaultUrl'], message, remedy };
      }
    },
  },
  {
    code: 'tag-without-url',
    severity: 'warning',
    summary: 'A tag gives a revision a run.app URL of its own. With `defaultUrl: false` there is no such URL.',
    example: exampleFile(
      'web: {access: public, defaultUrl: false, domains: [www.example.com], traffic: [{latest: true, percent: 100, tag: next}]}',
    ),
    *find({ services }) {
      for (const service of services) {
        if (service.props.defaultUrl !== false) continue;
        for (const [index, { tag }] of (service.props.traffic ?? []).entries()) {
          if (tag === undefined) continue;
          const message = `the tag '${tag}' has no URL while 'defaultUrl' is false`;
          yield { subject: service, path: ['traffic', index, 'tag'], message, remedy: 'remove one of them' };
        }
      }
    },
  },
];

function isNamed({ domainMappings, props }: CloudRunService): boolean {
  return domainMappings.length > 0 && (props.ingress ?? 'all') === 'all';
}
