import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { accepts, rangeInWords } from './limits';

const TAG = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUFFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** A revision's name is a DNS label. */
const REVISION_LENGTH = 63;
const SHARE = { least: 0, most: 100 };
/** Cloud Run's own message: "Combined traffic tag and service name cannot exceed 46 characters." */
const TAG_AND_NAME_LENGTH = 46;

/** Traffic splits that do not add up, and revisions that cannot exist. */
export const trafficChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'traffic-total',
    severity: 'error',
    summary: `The shares of the traffic are whole numbers from ${rangeInWords(SHARE)} and add up to ${SHARE.most} (gcloud \`update-traffic\`).`,
    example: exampleFile('api: {traffic: [{latest: true, percent: 90}]}'),
    *find({ props: { traffic } }) {
      if (!traffic) return;
      const shares = traffic.map(({ percent = 0 }) => percent);
      if (shares.some(isToken)) return;
      for (const [index, share] of shares.entries()) {
        if (accepts(SHARE, share)) continue;
        const message = `${share} is not a share in percent`;
        yield {
          path: ['traffic', index, 'percent'],
          message,
          remedy: `write a whole number from ${rangeInWords(SHARE)}`,
        };
      }
      const total = shares.reduce((sum, share) => sum + share, 0);
      if (total === SHARE.most) return;
      const message = `the shares add up to ${total} percent`;
      yield { path: ['traffic'], message, remedy: `make them add up to ${SHARE.most}` };
    },
  },
  {
    code: 'traffic-target-twice',
    severity: 'error',
    summary:
      'Each revision, and the latest one, has its share of the traffic in one entry. A second entry may only add a tag.',
    example: exampleFile('api: {traffic: [{latest: true, percent: 50}, {latest: true, percent: 50}]}'),
    *find({ props: { traffic = [] } }) {
      const shared = new Set<string>();
      for (const [index, target] of traffic.entries()) {
        const name = 'revision' in target ? target.revision : 'the latest revision';
        if (!target.percent) continue;
        if (shared.has(name)) {
          const message = `${name} has a share already`;
          yield { path: ['traffic', index], message, remedy: 'write its share once' };
        }
        shared.add(name);
      }
    },
  },
  {
    code: 'traffic-tag',
    severity: 'error',
    summary: 'A tag is a DNS label, and belongs to one revision (gcloud `--set-tags`).',
    example: exampleFile('api: {traffic: [{latest: true, percent: 100, tag: New}]}'),
    *find({ props: { traffic = [] } }) {
      const tags = new Set<string>();
      for (const [index, { tag }] of traffic.entries()) {
        if (tag === undefined || isToken(tag)) continue;
        const message = !TAG.test(tag) ? `'${tag}' is not a tag` : tags.has(tag) && `the tag '${tag}' is taken`;
        tags.add(tag);
        if (!message) continue;
        const remedy = 'use lower-case letters, digits and dashes, each tag once';
        yield { path: ['traffic', index, 'tag'], message, remedy };
      }
    },
  },
  {
    code: 'traffic-tag-length',
    severity: 'error',
    summary: `The tag and the service's name are in one DNS label of the URL, so together they have at most ${TAG_AND_NAME_LENGTH} characters (Cloud Run API, TrafficTarget.tag).`,
    example: exampleFile(
      'order-processing-service: {traffic: [{latest: true, percent: 100, tag: release-candidate-2025-01}]}',
    ),
    *find({ serviceName, props: { traffic = [] } }) {
      for (const [index, { tag }] of traffic.entries()) {
        if (tag === undefined || isToken(tag) || isToken(serviceName)) continue;
        const length = tag.length + serviceName.length;
        if (length <= TAG_AND_NAME_LENGTH) continue;
        const message = `the tag '${tag}' and the name '${serviceName}' have ${length} characters together`;
        yield {
          path: ['traffic', index, 'tag'],
          message,
          remedy: `shorten one of them, to ${TAG_AND_NAME_LENGTH} together`,
        };
      }
    },
  },
  {
    code: 'revision-of-service',
    severity: 'error',
    summary: "A revision's name begins with the name of its service and a dash (Cloud Run API, Revision.name).",
    example: exampleFile('api: {traffic: [{revision: web-00042-abc, percent: 100}]}'),
    *find({ serviceName, props: { traffic = [] } }) {
      for (const [index, target] of traffic.entries()) {
        if (!('revision' in target) || isToken(target.revision)) continue;
        const suffix = target.revision.slice(serviceName.length + 1);
        const isOwn = target.revision.startsWith(`${serviceName}-`) && SUFFIX.test(suffix);
        if (isOwn && target.revision.length <= REVISION_LENGTH) continue;
        const message = `'${target.revision}' is not a revision of '${serviceName}'`;
        const remedy = `write its full name, which begins with '${serviceName}-'`;
        yield { path: ['traffic', index, 'revision'], message, remedy };
      }
    },
  },
  {
    code: 'pinned-revision',
    severity: 'warning',
    summary:
      'A revision in `traffic` must exist, but no revision exists when the service is created. While all traffic goes to named revisions, a new image gets no traffic.',
    example: exampleFile('api: {traffic: [{revision: api-00042-abc, percent: 100}]}'),
    *find({ props: { traffic = [] } }) {
      const index = traffic.findIndex((target) => 'revision' in target);
      const target = traffic[index];
      if (!target || !('revision' in target)) return;
      const message = `traffic goes to the revision '${target.revision}', which must exist already`;
      yield { path: ['traffic', index], message, remedy: "create the service with 'latest: true' first" };
    },
  },
  {
    code: 'revision-suffix',
    severity: 'error',
    summary: `A revision suffix consists of lower-case letters, digits and dashes. The revision's name with it has at most ${REVISION_LENGTH} characters.`,
    example: exampleFile('api: {revisionSuffix: V1}'),
    *find({ serviceName, props: { revisionSuffix: suffix } }) {
      if (suffix === undefined || isToken(suffix)) return;
      if (SUFFIX.test(suffix) && `${serviceName}-${suffix}`.length <= REVISION_LENGTH) return;
      const message = `'${serviceName}-${suffix}' is not a name for a revision`;
      const remedy = `use lower-case letters, digits and dashes, at most ${REVISION_LENGTH} with the service's name`;
      yield { path: ['revisionSuffix'], message, remedy };
    },
  },
  {
    code: 'fixed-revision-suffix',
    severity: 'warning',
    summary:
      'If the suffix stays in the file, the next change of the service is refused (409), because a revision with this name exists.',
    example: exampleFile('api: {revisionSuffix: v1}'),
    *find({ props: { revisionSuffix } }) {
      if (revisionSuffix === undefined) return;
      const message = `while revisionSuffix stays '${revisionSuffix}', the next change of the service is refused`;
      yield { path: ['revisionSuffix'], message, remedy: 'change it with every change, or remove it' };
    },
  },
];
