import { known, type Reference, Unknown, type Value, type Values } from './value';

/** One instance of a resource or data source of a stack. */
export interface Resource {
  /** The full address: module path, `data.` for a data source, type, name, instance key. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: Values;
  /** The project of its provider configuration, where that is a literal. */
  readonly defaultProject?: string;
}

/** An address without instance keys: all instances of one block share it. */
export function blockAddress(address: string): string {
  return address.includes('[') ? address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '') : address;
}

/** The instance keys of an address by the step that carries them: `module.a["x"].t.n[0]` has `"x"` at 1 and `0` at 3. */
function keysByStep(address: string): Map<number, string> {
  const keys = new Map<number, string>();
  let step = 0;
  for (const [token] of address.matchAll(/\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\]|\.|[^.[]+/g)) {
    if (token === '.') step += 1;
    else if (token.startsWith('[')) keys.set(step, token);
  }
  return keys;
}

/** Whether a resource may be the one that an address with possibly fewer instance keys names. */
function mayBe(resource: Resource, keys: ReadonlyMap<number, string>): boolean {
  const own = keysByStep(resource.address);
  return [...keys].every(([step, key]) => own.get(step) === key);
}

/** The resources of one stack, found by type, by address and by what refers to them. */
export class Inventory {
  private readonly byType = new Map<string, Resource[]>();
  private readonly byBlock = new Map<string, Resource[]>();
  private readonly byAddress = new Map<string, Resource>();
  private readonly byName = new Map<string, Resource[]>();

  constructor(readonly resources: readonly Resource[]) {
    for (const resource of resources) {
      push(this.byType, resource.type, resource);
      push(this.byBlock, blockAddress(resource.address), resource);
      this.byAddress.set(resource.address, resource);
      const name = known(resource.values.name);
      if (name !== undefined) push(this.byName, `${resource.type} ${lastSegment(name)}`, resource);
    }
  }

  /** The resources of the given types, data sources left out. */
  ofType(...types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => (this.byType.get(type) ?? []).filter((resource) => resource.mode === 'managed'));
  }

  /** The data sources of a type. */
  dataOfType(type: string): readonly Resource[] {
    return (this.byType.get(type) ?? []).filter((resource) => resource.mode === 'data');
  }

  /** The resource at a full address. */
  at(address: string): Resource | undefined {
    return this.byAddress.get(address);
  }

  /** The resources that a reference may mean: one, or every instance that its keys leave open. */
  referred(reference: Reference): readonly Resource[] {
    const exact = this.byAddress.get(reference.address);
    if (exact) return [exact];
    const candidates = this.byBlock.get(blockAddress(reference.address)) ?? [];
    const keys = keysByStep(reference.address);
    const possible = keys.size === 0 ? candidates : candidates.filter((resource) => mayBe(resource, keys));
    const likely = possible.filter((r) => reference.likelyKey && r.address.endsWith(reference.likelyKey));
    return likely.length > 0 ? likely : possible;
  }

  /**
   * The resources of the given types that an argument names: by a reference, by an id or self link such as
   * `projects/P/regions/R/networkEndpointGroups/N`, or by the bare name.
   */
  named(value: Value, ...types: readonly string[]): readonly Resource[] {
    if (value instanceof Unknown) {
      const referred = value.references.flatMap((reference) => this.referred(reference));
      return [...new Set(referred.filter((resource) => types.includes(resource.type)))];
    }
    const id = known(value);
    if (id === undefined) return [];
    return types.flatMap((type) => this.byName.get(`${type} ${lastSegment(id)}`) ?? []).filter((r) => inPlace(r, id));
  }
}

/** The last segment of an id, which is the resource's name. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The segment of an id that follows a collection, such as the region after `regions`. */
export function segmentAfter(id: string, collection: string): string | undefined {
  return new RegExp(`(?:^|/)${collection}/([^/]+)`).exec(id)?.[1];
}

/** Whether the project and region in an id, where it has them, are those of the resource, where those are known. */
function inPlace(resource: Resource, id: string): boolean {
  const project = segmentAfter(id, 'projects');
  const region = segmentAfter(id, 'regions') ?? segmentAfter(id, 'locations');
  const ownProject = projectOf(resource);
  const ownRegion = known(resource.values.region) ?? known(resource.values.location);
  return agree(project, ownProject) && agree(region, ownRegion && lastSegment(ownRegion));
}

/** Whether two names are the same as far as both are known. */
export function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** The project of a resource: its own, or its provider's. */
export function projectOf(resource: Resource): string | undefined {
  const own = known(resource.values.project);
  return own === undefined ? resource.defaultProject : lastSegment(own);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
