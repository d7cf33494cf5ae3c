import { isRegion } from '../core/forms';
import { isToken } from '../core/literal';
import { likeRegion, REGIONS, REGIONS_AS_OF } from '../core/regions';
import { type Check, exampleFile } from './check';
import { regionsNamed } from './regions';
import type { StackContents } from './stack-contents';

/** Regions that Google Cloud may not have. */
export const unknownRegionChecks: readonly Check<StackContents>[] = [
  {
    code: 'unknown-region',
    severity: 'warning',
    summary: `A region has the right form, but Google Cloud did not have it in ${REGIONS_AS_OF}: it is a typing mistake or a newer region.`,
    example: exampleFile('api: {region: europe-wset1}'),
    *find({ props, services }) {
      const message = (region: string) => `'${region}' was not a region in ${REGIONS_AS_OF}`;
      const remedy = (region: string) => `write ${likeRegion(region)}, unless it is newer`;
      if (isUnknown(props.region)) {
        yield { path: ['region'], message: message(props.region), remedy: remedy(props.region) };
      }
      for (const service of services) {
        for (const { region, path } of regionsNamed(service.props)) {
          if (isUnknown(region)) yield { subject: service, path, message: message(region), remedy: remedy(region) };
        }
      }
    },
  },
];

/** Whether a region is not in the list. Other checks report a text that is no region at all. */
function isUnknown(name: string): boolean {
  return !isToken(name) && isRegion(name) && !REGIONS.includes(name);
}
