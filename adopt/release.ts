/** How the Terraform that manages something now lets go of it. */
export interface Release {
  /** What `removed` blocks name: modules and resources of which everything was adopted. */
  readonly blocks: readonly string[];
  /** Instances of resources and modules of which others stay, to be taken out of the state one by one. */
  readonly instances: readonly string[];
}

/**
 * What takes the adopted resources out of their state. A `removed` block names a whole module or resource, without instance keys
 * (Terraform 1.7), so it serves only where nothing else of it stays.
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

/** The modules and the resource around an address, without instance keys, the widest first. */
function enclosing(address: string): string[] {
  const steps = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '').split('.');
  const modules = steps.filter((step, index) => step === 'module' || steps[index - 1] === 'module').length;
  const ends = [...Array.from({ length: modules / 2 }, (_, index) => 2 * (index + 1)), steps.length];
  return ends.map((end) => steps.slice(0, end).join('.'));
}
