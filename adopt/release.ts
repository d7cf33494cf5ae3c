/** How today's Terraform stops managing the adopted resources. */
export interface Release {
  /** Addresses for `removed` blocks: modules and resources that were adopted as a whole. */
  readonly blocks: readonly string[];
  /** Adopted instances of resources and modules with other instances that stay: to be removed from the state one by one. */
  readonly instances: readonly string[];
}

/**
 * How to remove the adopted resources from their state. A `removed` block names a whole module or resource, without instance keys
 * (Terraform 1.7), so it is possible only if no other instance stays.
 */
export function releaseOf(adopted: readonly string[], managed: readonly string[]): Release {
  const stays = new Set(managed.filter((address) => !adopted.includes(address)).flatMap(enclosing));
  const blocks = new Set<string>();
  const instances: string[] = [];
  for (const address of adopted) {
    const whole = enclosing(address).find((block) => !stays.has(block));
    if (whole === undefined) instances.push(address);
    else blocks.add(whole);
  }
  return { blocks: [...blocks].sort(), instances: instances.sort() };
}

/** The modules and the resource that contain an address, without instance keys, the outermost first. */
function enclosing(address: string): string[] {
  const steps = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '').split('.');
  const modules = steps.filter((step, index) => step === 'module' || steps[index - 1] === 'module').length;
  const ends = [...Array.from({ length: modules / 2 }, (_, index) => 2 * (index + 1)), steps.length];
  return ends.map((end) => steps.slice(0, end).join('.'));
}
