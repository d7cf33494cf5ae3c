import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import type { NetworkProps } from '../service/network';
import { type Check, exampleFile, type Problem } from './check';

type Path = NonNullable<Problem['path']>;

const NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const MAX_TAGS = 64;
const COLLECTIONS = [
  ['network', 'global/networks'],
  ['subnet', 'regions/+/subnetworks'],
  ['vpcConnector', 'locations/+/connectors'],
] as const;

/** Contradictions in the settings for VPC access. */
export const networkChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'network-with-connector',
    severity: 'error',
    summary:
      'A service uses Direct VPC egress or a connector, not both. The provider does not check this (`vpc_access`).',
    example: exampleFile('api: {network: default, vpcConnector: shared}'),
    *find({ props }) {
      if (props.vpcConnector === undefined) return;
      for (const key of ['network', 'subnet', 'networkTags'] as const) {
        if (props[key] === undefined) continue;
        const message = `${key} cannot be used with a connector`;
        yield { path: [key], message, remedy: `remove ${key} or vpcConnector` };
      }
    },
  },
  {
    code: 'egress-without-network',
    severity: 'error',
    summary:
      'Egress settings and network tags need a network, a subnet or a connector to apply to (gcloud `--vpc-egress`).',
    example: exampleFile('api: {vpcEgress: all-traffic}'),
    *find({ props }) {
      if (props.network !== undefined || props.subnet !== undefined || props.vpcConnector !== undefined) return;
      for (const key of ['vpcEgress', 'networkTags'] as const) {
        if (props[key] === undefined) continue;
        const message = `${key} has no network to apply to`;
        yield { path: [key], message, remedy: "write 'network' and 'subnet', or 'vpcConnector'" };
      }
    },
  },
  {
    code: 'network-form',
    severity: 'error',
    summary:
      'Network, subnet and connector are names, or full names that begin with `projects/` (gcloud `--network`, `--subnet`, `--vpc-connector`).',
    example: exampleFile('api: {network: global/networks/default}'),
    *find({ props }) {
      const differing = Array.isArray(props.regions) ? [] : Object.entries(props.regions ?? {});
      const places: [NetworkProps, Path][] = [
        [props, []],
        ...differing.map(([region, changes]): [NetworkProps, Path] => [changes, ['regions', region]]),
      ];
      for (const [settings, path] of places) {
        for (const [key, collection] of COLLECTIONS) {
          const value = settings[key];
          if (value === undefined || isToken(value) || fullName(collection).test(value)) continue;
          const remedy = `write its name, or projects/P/${collection.replace('+', 'R')}/N`;
          yield { path: [...path, key], message: `'${value}' is not a ${key}`, remedy };
        }
      }
    },
  },
  {
    code: 'network-tag',
    severity: 'error',
    summary: `A network tag is a DNS label that begins with a letter, and there are at most ${MAX_TAGS} (VPC, "Add network tags").`,
    example: exampleFile('api: {network: default, networkTags: [Web_1]}'),
    *find({ props: { networkTags = [] } }) {
      for (const [index, tag] of networkTags.entries()) {
        if (isToken(tag) || NAME.test(tag)) continue;
        const remedy = 'use at most 63 lower-case letters, digits and dashes, beginning with a letter';
        yield { path: ['networkTags', index], message: `'${tag}' is not a network tag`, remedy };
      }
      if (networkTags.length <= MAX_TAGS) return;
      const message = `there are ${networkTags.length} network tags`;
      yield { path: ['networkTags'], message, remedy: `use at most ${MAX_TAGS}` };
    },
  },
];

/** A pattern for the name or the full name of a resource of a collection. */
function fullName(collection: string): RegExp {
  return new RegExp(
    `^(?:projects/[^/\\s]+/${collection.replace('+', '[^/\\s]+')}/)?[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$`,
  );
}
