import { isRegion } from '../core/forms';
import { isToken } from '../core/literal';
import { likeRegion } from '../core/regions';
import type { CloudRunService } from '../service/cloud-run-service';
import { type RegionProps, withoutOtherVpcAccess } from '../service/region';
import { type Check, exampleFile } from './check';

/** Settings with a full name that contains a region: the key, a pattern for the region, and the word for messages. */
const REGIONAL: readonly [key: keyof RegionProps, region: RegExp, what: string][] = [
  ['subnet', /^projects\/[^/]+\/regions\/([^/]+)\//, 'subnet'],
  ['vpcConnector', /^projects\/[^/]+\/locations\/([^/]+)\//, 'connector'],
  ['key', /^projects\/[^/]+\/locations\/([^/]+)\//, 'key'],
];

/** The regions that a service names, and their places in its props. */
export function regionsNamed({ region, regions }: CloudRunService['props']) {
  const isList = Array.isArray(regions);
  const several: string[] = isList ? regions : Object.keys(regions ?? {});
  return [
    ...(region === undefined ? [] : [{ region, path: ['region'] }]),
    ...several.map((name, index) => ({ region: name, path: ['regions', isList ? index : name] })),
  ];
}

/** The regions of a service, and the resources that must be in the same region. */
export const regionChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'region-name',
    severity: 'error',
    summary: 'A region is written as Google Cloud names it, such as `europe-west1`; a zone is not a region.',
    example: exampleFile('api: {region: europe-west1-b}'),
    *find({ props }) {
      for (const { region, path } of regionsNamed(props)) {
        if (isToken(region) || isRegion(region)) continue;
        yield { path, message: `'${region}' is not a region`, remedy: `write ${likeRegion(region)}` };
      }
    },
  },
  {
    code: 'several-regions',
    severity: 'error',
    summary:
      'A service has one `region`, or `regions` without repetition. A mapped domain works for one region only, so several regions need a load balancer instead (Cloud Run, "Serve traffic from multiple regions").',
    example: exampleFile('web: {access: public, regions: [europe-west1, us-central1], domains: [www.example.com]}'),
    *find({ props: { region, regions, domains = [] } }) {
      if (regions === undefined) return;
      const names = Array.isArray(regions) ? regions : Object.keys(regions);
      const path = ['regions'];
      if (region !== undefined) {
        yield { path, message: `regions cannot be used with region '${region}'`, remedy: 'remove one of them' };
      }
      if (names.length === 0) yield { path, message: 'regions is empty', remedy: 'name at least one region' };
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) === index) continue;
        yield { path: [...path, index], message: `'${name}' is named already`, remedy: 'name each region once' };
      }
      if (domains.length > 0) {
        const message = 'a mapped domain leads to one region, not to several';
        yield { path: ['domains'], message, remedy: 'put a load balancer in front instead' };
      }
    },
  },
  {
    code: 'other-region',
    severity: 'error',
    summary:
      'Subnet, connector and key are in the service\'s own region (Cloud Run, "Direct VPC egress", "Connect to a VPC network", "Use customer managed encryption keys").',
    example: exampleFile('api: {subnet: projects/acme-prod/regions/us-central1/subnetworks/apps}'),
    *find({ props, regional }) {
      const { regions = [] } = props;
      for (const { location } of regional) {
        const differing = Array.isArray(regions) ? {} : ((regions as Record<string, RegionProps>)[location] ?? {});
        const here: RegionProps = { ...props, ...withoutOtherVpcAccess(differing) };
        for (const [key, pattern, what] of REGIONAL) {
          const region = pattern.exec(here[key] ?? '')?.[1];
          if (region === undefined || region === location || isToken(region) || isToken(location)) continue;
          const path = Object.hasOwn(differing, key) ? ['regions', location, key] : [key];
          const message = `the ${what} is in '${region}', the service in '${location}'`;
          yield { path, message, remedy: `name one in '${location}'` };
        }
      }
    },
  },
];
