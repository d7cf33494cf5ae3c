import { Projects, type Sameness } from './projects';
import { isLeftOut, known, type Reference, Unknown, type Value, type Values } from './value';

/** One instance of a resource or data source of a stack. */
export interface Resource {
  /** The full address: module path, `data.` for a data source, type, name, instance key. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: Values;
  /** The project of its provider configuration, if that is known. */
  readonly defaultProject?: string;
}

/** An address without instance keys: all instances of one block share it. */
export function blockAddress(address: string): string {
  return address.includes('[') ? address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '') : address;
}

/** The instance keys of an address by the step that has them: `module.a["x"].t.n[0]` has `"x"` at 1 and `0` at 3. */
function keysByStep(address: string): Map<number, string> {
  const keys = new Map<number, string>();
  let step = 0;
  for (const [token] of address.matchAll(/\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\]|\.|[^.[]+/g)) {
    if (token === '.') step += 1;
    else if (token.startsWith('[')) keys.set(step, token);
  }
  return keys;
}

/** Whether a resource may have an address from which instance keys may be missing. */
function mayBe(resource: Resource, keys: ReadonlyMap<number, string>): boolean {
  const own = keysByStep(resource.address);
  return [...keys].every(([step, key]) => own.get(step) === key);
}

/** The resources of one stack, found by type, by address and by reference. */
export class Inventory {
  private readonly byType = new Map<string, Resource[]>();
  private readonly byAddress = new Map<string, Resource>();
  // Built when they are needed: for a large plan they need as much memory as the plan itself.
  private blocks?: ReadonlyMap<string, readonly Resource[]>;
  private names?: ReadonlyMap<string, readonly Resource[]>;

  constructor(
    readonly resources: readonly Resource[],
    private readonly projects = new Projects(resources),
  ) {
    for (const resource of resources) {
      push(this.byType, resource.type, resource);
      this.byAddress.set(resource.address, resource);
    }
  }

  private get byBlock(): ReadonlyMap<string, readonly Resource[]> {
    this.blocks ??= groupedBy(this.resources, ({ address }) => blockAddress(address));
    return this.blocks;
  }

  private get byName(): ReadonlyMap<string, readonly Resource[]> {
    this.names ??= groupedBy(this.resources, ({ type, values }) => {
      const name = known(values.name);
      return name === undefined ? undefined : `${type} ${lastSegment(name)}`;
    });
    return this.names;
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

  /** The resources that a reference may mean: one, or every instance that fits its keys. */
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
    const collection = id.split('/').at(-2);
    const exact = types.filter((type) => collectionOf(type) === collection);
    const meant = exact.length > 0 ? exact : types;
    return meant.flatMap((type) => this.byName.get(`${type} ${lastSegment(id)}`) ?? []).filter((r) => this.isAt(r, id));
  }

  /** The id of a resource's project; that of its provider if the resource has none. */
  projectOf({ values, defaultProject }: Resource): string | undefined {
    const project = known(values.project) ?? (isLeftOut(values.project) ? defaultProject : undefined);
    if (project !== undefined) return this.projects.id(project);
    const [reference, ...others] = values.project instanceof Unknown ? values.project.references : [];
    if (reference?.attribute !== 'project' || others.length > 0) return undefined;
    const [referred, ...more] = this.referred(reference);
    return referred && more.length === 0 ? this.projectOf(referred) : undefined;
  }

  /** The id of a project that is given by its id, its number, or as `projects/…`. */
  projectId(project: string): string {
    return this.projects.id(project);
  }

  /** The id of the project that an id or self link names. */
  projectIn(id: string): string | undefined {
    const project = segmentAfter(id, 'projects');
    return project && this.projects.id(project);
  }

  /** Whether two names mean the same project; an unknown name counts as the same. */
  sameProject(one: string | undefined, other: string | undefined): Sameness {
    return one === undefined || other === undefined ? 'same' : this.projects.compare(one, other);
  }

  /** Whether a resource that `named` found is surely the one; false if it is not known that a project's number and an id belong together. */
  isSurely(value: Value, resource: Resource): boolean {
    const id = known(value);
    return id === undefined || this.sameProject(this.projectIn(id), this.projectOf(resource)) === 'same';
  }

  /** Whether the project and region in an id may be those of the resource; a missing one fits every resource. */
  private isAt(resource: Resource, id: string): boolean {
    const project = this.sameProject(this.projectIn(id), this.projectOf(resource));
    return project !== 'other' && agree(placeIn(id), placeOf(resource));
  }
}

/** The collection in the ids of a Compute Engine type: `targetHttpProxies` of `google_compute_region_target_http_proxy`. */
function collectionOf(type: string): string {
  const words = type
    .replace(/^google_compute_(region_|global_)?/, '')
    .replace(/_(\w)/g, (_, first) => first.toUpperCase());
  return words.replace(/y$/, 'ie').replace(/s$/, 'se').concat('s');
}

/** The last segment of an id, which is the resource's name. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The segment of an id that follows a collection, such as the region after `regions`. */
export function segmentAfter(id: string, collection: string): string | undefined {
  return new RegExp(`(?:^|/)${collection}/([^/]+)`).exec(id)?.[1];
}

/** The region or zone in an id or self link. */
export function placeIn(id: string): string | undefined {
  return segmentAfter(id, 'regions') ?? segmentAfter(id, 'locations') ?? segmentAfter(id, 'zones');
}

/** The name of a region or zone: the configuration has the name, Compute Engine's API returns a URL. */
export function placeName(value: Value): string | undefined {
  const place = known(value);
  return place && lastSegment(place);
}

/** The region or zone of a resource. */
function placeOf({ values }: Resource): string | undefined {
  return placeName(values.region) ?? placeName(values.location) ?? placeName(values.zone);
}

/** Whether two names are the same; a name that is not known equals every other. */
export function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function groupedBy(
  resources: readonly Resource[],
  keyOf: (resource: Resource) => string | undefined,
): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const key = keyOf(resource);
    if (key !== undefined) push(groups, key, resource);
  }
  return groups;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
