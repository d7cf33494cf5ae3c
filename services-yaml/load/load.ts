import { didYouMean } from '../../constructs/core/nearest';
import type { CloudRunStackProps } from '../../constructs/core/stack-props';
import type { ExternalLoadBalancerProps } from '../../constructs/load-balancer/external-load-balancer';
import type { CloudRunServiceProps } from '../../constructs/service/cloud-run-service-props';
import type { JsonSchema } from '../schema/json-schema';
import { definition } from '../schema/schema';
import { isLoadBalancer, isService, isSpec } from '../schema/services.validator';
import { explain, type Fault, isMap } from './explain';
import { decidedAt, type LayerSource, merge } from './merge';
import { EmptyKeys } from './no-value';
import { dotted, type Path } from './path';
import type { Place, Problem } from './problem';
import { type Repaired, repair } from './repair';
import { readYaml, type YamlFile } from './yaml-file';

/** A place in the file, and its path. */
export interface Location {
  readonly place: Place;
  readonly path: string;
}

/** A service or load balancer of one environment, merged from its layers. */
export interface Loaded<Props> {
  readonly key: string;
  /** The merged props without the refused parts; undefined if the rest is not usable. */
  readonly props?: Props;
  /** The paths of the props that were refused, or that the author of a refused key may have meant. */
  readonly refused: readonly Path[];
  /** The place of the merged value at `path`, or of the nearest value around it. */
  locate(path: Path): Location;
  /** The same, as a path in the file. */
  inFile(path: Path): Path;
}

/** An environment with its services and load balancers. */
export interface LoadedEnvironment {
  readonly name: string;
  /** The environment's own settings; undefined if they were refused. */
  readonly props?: CloudRunStackProps;
  readonly services: readonly Loaded<CloudRunServiceProps<string>>[];
  readonly loadBalancers: readonly Loaded<ExternalLoadBalancerProps<string>>[];
  /** The place of the environment's setting at `path`, or of the nearest one around it. */
  locate(path: Path): Location;
}

/** The content of services.yaml, and its problems. */
export interface LoadedSpec {
  readonly environments: readonly LoadedEnvironment[];
  readonly problems: readonly Problem[];
  /** The place of the value at `path`, or of the nearest one around it. */
  locate(path: Path): Location;
}

/** Reads services.yaml. Reports all syntax and schema problems at once, and returns the valid part. */
export function loadSpec(text: string): LoadedSpec {
  const file = readYaml(text);
  return new SpecLoader(file).load();
}

/** The keys of the collections that the file and each environment may have. */
type Collection = 'services' | 'loadBalancers';

const SCHEMAS = {
  services: definition('CloudRunServiceProps'),
  loadBalancers: definition('ExternalLoadBalancerProps'),
};
const VALIDATORS = { services: isService, loadBalancers: isLoadBalancer };
/** Values for missing required keys, so that the rest can be checked. */
const STAND_INS = {
  services: { image: 'image' },
  loadBalancers: { domains: ['refused.example.com'], defaultService: 'refused' },
};
/** The largest number of repairs. A file with more of them usually repeats one mistake many times. */
const MOST_REPAIRS = 200;
const COLLECTIONS = ['services', 'loadBalancers'] as const;
const SINGULAR = { services: 'service', loadBalancers: 'load balancer' };

class SpecLoader {
  private faults: Fault[] = [];
  private repairs = 0;
  private readonly emptyKeys: EmptyKeys;

  constructor(private readonly file: YamlFile) {
    this.emptyKeys = new EmptyKeys(file.textOf);
  }

  load(): LoadedSpec {
    const { value, problems } = this.file;
    if (!isSpec(value)) this.faults = explain(definition('Spec'), value, [], this.file.textOf);
    const names = Object.keys(this.mapAt('environments'));
    for (const name of names) this.readEmptyKeys(name);
    this.faults.push(...this.emptyKeys.faults());
    const environments = names.map((name) => this.environment(name));
    return {
      environments,
      problems: [...problems, ...lastOfEachValue(this.faults).map((fault) => this.problem(fault))],
      locate: (path) => this.location(path),
    };
  }

  private environment(name: string): LoadedEnvironment {
    const path = ['environments', name];
    const { defaults: _, services: __, loadBalancers: ___, ...props } = this.mapAt(...path);
    for (const collection of COLLECTIONS) this.refuseLeavingOut(collection, name);
    return {
      name,
      services: this.collect<CloudRunServiceProps<string>>('services', name),
      loadBalancers: this.collect<ExternalLoadBalancerProps<string>>('loadBalancers', name),
      props: this.isRefused(path) ? undefined : (props as unknown as CloudRunStackProps),
      locate: (inner) => this.location([...path, ...inner]),
    };
  }

  private collect<Props>(collection: Collection, environment: string): Loaded<Props>[] {
    return this.keysOf(collection, environment).map((key) => this.merged(collection, environment, key));
  }

  private readEmptyKeys(environment: string): void {
    for (const collection of COLLECTIONS) {
      for (const key of this.keysOf(collection, environment)) {
        const { defaults, own } = this.layersOf(collection, environment, key);
        this.emptyKeys.read([...defaults, ...own], SCHEMAS[collection]);
      }
    }
  }

  /** The layers of a service or load balancer, lowest first. */
  private layersOf(collection: Collection, environment: string, key: string) {
    const defaults = collection === 'services' ? [['defaults'], ['environments', environment, 'defaults']] : [];
    const own = [
      [collection, key],
      ['environments', environment, collection, key],
    ];
    return { defaults: defaults.map((path) => this.layer(path)), own: own.map((path) => this.layer(path)) };
  }

  /** The keys of an environment's services or load balancers: those of the file and its own, without those that it sets to `null`. */
  private keysOf(collection: Collection, environment: string): string[] {
    const here = this.mapAt('environments', environment, collection);
    const all = Object.keys({ ...this.mapAt(collection), ...here });
    return all.filter((key) => !Object.hasOwn(here, key) || here[key] !== null);
  }

  private refuseLeavingOut(collection: Collection, environment: string): void {
    const everywhere = this.mapAt(collection);
    for (const [key, value] of Object.entries(this.mapAt('environments', environment, collection))) {
      if (value !== null || Object.hasOwn(everywhere, key)) continue;
      const message = `there is no ${SINGULAR[collection]} '${key}' to leave out${didYouMean(key, Object.keys(everywhere))}`;
      this.faults.push({ path: ['environments', environment, collection, key], at: 'key', message });
    }
  }

  private merged<Props>(collection: Collection, environment: string, key: string): Loaded<Props> {
    const schema = SCHEMAS[collection];
    const { defaults, own } = this.layersOf(collection, environment, key);
    const layers = [...defaults, ...own];
    const whole = own.find(({ value }) => value !== undefined)?.path ?? [];
    const isOnlyHere = !Object.hasOwn(this.mapAt(collection), key);
    const inFile = (path: Path) => decidedAt(layers, schema, path) ?? whole;
    const merged = merge(layers, schema);
    // A layer that is not a map, or that the YAML reader refused, is reported already. Do not report keys that are missing because of
    // it.
    const readable =
      this.file.problems.length === 0 &&
      defaults.every(({ value }) => value === undefined || value === null || isMap(value)) &&
      own.every(({ value }) => value === undefined || isMap(value));
    const valid = VALIDATORS[collection](merged);
    if (readable && !valid) {
      const faults = this.faultsOf(merged, schema, inFile);
      this.faults.push(...(isOnlyHere ? this.withoutTarget(collection, key, faults, whole) : faults));
    }
    const repaired = valid ? { value: merged, refused: [] } : this.repaired(collection, merged);
    return {
      key,
      props: readable && repaired ? (repaired.value as Props) : undefined,
      refused: [...(repaired?.refused ?? []), ...this.emptyKeys.refusedIn(layers, schema)],
      locate: (path) => this.location(inFile(path)),
      inFile,
    };
  }

  private repaired(collection: Collection, merged: unknown): Repaired | undefined {
    this.repairs += 1;
    if (this.repairs > MOST_REPAIRS) return undefined;
    return repair(merged, SCHEMAS[collection], VALIDATORS[collection], STAND_INS[collection]);
  }

  /** For an entry of one environment that lacks required keys: its author meant to change an entry of the file. */
  private withoutTarget(collection: Collection, key: string, faults: Fault[], path: Path): Fault[] {
    const missing = faults.flatMap((fault) =>
      fault.missing !== undefined && fault.path === path ? fault.missing : [],
    );
    if (missing.length === 0) return faults;
    const meant = didYouMean(key, Object.keys(this.mapAt(collection)));
    const message = `there is no ${SINGULAR[collection]} '${key}' to change${meant}; one of this environment alone needs ${missing.join(' and ')}, one of all environments belongs below ${collection} of the file`;
    const others = faults.filter((fault) => fault.missing === undefined || fault.path !== path);
    return [{ path, at: 'key', message }, ...others];
  }

  /** The faults of the merged props, such as a missing image. Faults that a layer has too are reported once. */
  private faultsOf(merged: unknown, schema: JsonSchema, inFile: (path: Path) => Path): Fault[] {
    const shown = (path: Path) => this.file.textOf(inFile(path));
    return explain(schema, merged, [], shown).map((fault) => ({ ...fault, path: inFile(fault.path) }));
  }

  /** Whether the environment's own settings have an error. */
  private isRefused(environment: Path): boolean {
    const isInside = (fault: Fault) => environment.every((segment, index) => fault.path[index] === segment);
    const isOfServices = (fault: Fault) =>
      ['defaults', 'services', 'loadBalancers'].includes(String(fault.path[environment.length]));
    return this.file.problems.length > 0 || this.faults.some((fault) => isInside(fault) && !isOfServices(fault));
  }

  private layer(path: Path): LayerSource {
    const value = path.reduce<unknown>(
      (map, key) => (isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined),
      this.file.value,
    );
    return { path, value };
  }

  private mapAt(...path: string[]): Record<string, unknown> {
    const { value } = this.layer(path);
    return isMap(value) ? value : {};
  }

  private location(path: Path): Location {
    return { place: this.file.placeOfEntry(path), path: dotted(path) };
  }

  private problem({ path, at, message, severity = 'error' }: Fault): Problem {
    const place = at === 'value' ? this.file.placeOf(path) : this.file.placeOfKey(path);
    const subject = at === 'unknown key' ? path.slice(0, -1) : path;
    return { severity, place, path: dotted(subject), message };
  }
}

/** If a value is wrong in its layer and in the merged props, keeps the second fault: it names the required keys. */
function lastOfEachValue(faults: readonly Fault[]): Fault[] {
  const last = new Map<string, Fault>();
  for (const fault of faults) if (fault.at === 'value') last.set(JSON.stringify(fault.path), fault);
  return faults.filter((fault) => fault.at !== 'value' || last.get(JSON.stringify(fault.path)) === fault);
}
