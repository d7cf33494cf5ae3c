import { exposureOf, readTerraformJson, type StackExposure } from '../../exposure';

/** Who can reach what in a synthesized stack, by the text of its Terraform JSON. */
export function stackExposure(json: string, name?: string): StackExposure {
  const read = readTerraformJson(json);
  if (read.kind !== 'stack') throw new Error(`read as a ${read.kind}`);
  return exposureOf(name ?? read.name ?? '', read.resources);
}
