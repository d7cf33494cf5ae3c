import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';

/** Contradictions in the way out into a VPC network. */
export const networkChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'network-with-connector',
    severity: 'error',
    summary:
      'A service leaves by Direct VPC egress or by a connector, not both; the provider does not check it (`vpc_access`).',
    example: exampleFile('api: {network: default, vpcConnector: shared}'),
    *find({ props }) {
      if (props.vpcConnector === undefined) return;
      for (const key of ['network', 'subnet', 'networkTags'] as const) {
        if (props[key] === undefined) continue;
        const message = `${key} does not go with a connector`;
        yield { path: [key], message, remedy: `take ${key} or vpcConnector away` };
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
];
