import { evaluate, type Names } from './expression';
import { blockAddress, Inventory, type Resource } from './resource';
import {
  isValues,
  KNOWN_AFTER_APPLY,
  known,
  type Reference,
  SENSITIVE,
  Unknown,
  type Value,
  type Values,
} from './value';

type Block = Readonly<Record<string, unknown>>;
type BlocksByType = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** A stack in Terraform's JSON configuration syntax, as `cdktf synth` writes it. */
export interface SynthesizedJson {
  readonly resource?: BlocksByType;
  readonly data?: BlocksByType;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly module?: Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, Block | readonly Block[]>>;
}

/** An instance of a block: `each` or `count` of its expressions. */
interface Instance {
  /** `["key"]` or `[0]`; empty for a block without `for_each` and `count`. */
  readonly suffix: string;
  readonly key?: string;
  readonly value?: Value;
}

/** How deep references may lead to references before they are taken for a circle. */
const DEEPEST = 16;

/** The resources of a synthesized stack with the references between them resolved, as far as they are literal. */
export function readSynthesized(stack: SynthesizedJson): Inventory {
  return new Inventory(new SynthesizedStack(stack).resources());
}

class SynthesizedStack {
  private readonly project: string | undefined;

  constructor(private readonly stack: SynthesizedJson) {
    const providers = stack.provider?.google ?? stack.provider?.['google-beta'];
    const provider = Array.isArray(providers) ? providers.find((p) => !p.alias) : providers;
    this.project = known(this.read(provider?.project, { suffix: '' }, 0));
  }

  resources(): readonly Resource[] {
    const modules = Object.keys(this.stack.module ?? {}).map(
      (name): Resource => ({ address: `module.${name}`, mode: 'managed', type: 'module', values: {} }),
    );
    return [...this.ofMode('managed', this.stack.resource), ...this.ofMode('data', this.stack.data), ...modules];
  }

  private ofMode(mode: 'managed' | 'data', types: BlocksByType = {}): readonly Resource[] {
    const prefix = mode === 'data' ? 'data.' : '';
    return Object.entries(types).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, block]) =>
        this.instances(block).map((instance) => ({
          address: `${prefix}${type}.${name}${instance.suffix}`,
          mode,
          type,
          values: this.values(block, instance),
          defaultProject: this.project,
        })),
      ),
    );
  }

  private values(block: Block, instance: Instance): Values {
    const values = this.read(block, instance, 0);
    return isValues(values) ? values : {};
  }

  /** The instances of a block; one without a key where Terraform alone knows how many there are. */
  private instances(block: Block): readonly Instance[] {
    const each = this.read(block.for_each, { suffix: '' }, 0);
    if (Array.isArray(each)) return each.map((key) => ({ suffix: `["${key}"]`, key: String(key), value: key }));
    if (isValues(each)) {
      return Object.entries(each).map(([key, value]) => ({ suffix: `["${key}"]`, key, value }));
    }
    const count = this.read(block.count, { suffix: '' }, 0);
    if (typeof count !== 'number') return [{ suffix: '' }];
    return Array.from({ length: count }, (_, i) => ({ suffix: `[${i}]`, key: String(i) }));
  }

  /** A value of the JSON with its expressions evaluated, and the values of environment variables taken out. */
  private read(value: unknown, instance: Instance, depth: number, inEnv = false): Value {
    if (typeof value === 'string') return evaluate(value, this.names(instance, depth));
    if (Array.isArray(value)) return value.map((element) => this.read(element, instance, depth, inEnv));
    if (typeof value !== 'object' || value === null) return value as Value;
    const values: Record<string, Value> = {};
    for (const [name, member] of Object.entries(value)) {
      const secret = inEnv && name === 'value';
      values[name] = secret ? new Unknown(SENSITIVE) : this.read(member, instance, depth, name === 'env');
    }
    return values;
  }

  private names(instance: Instance, depth: number): Names {
    return {
      value: (reference) => (depth > DEEPEST ? undefined : this.lookUp(reference, instance, depth + 1)),
    };
  }

  private lookUp({ address, attribute }: Reference, instance: Instance, depth: number): Value {
    if (address === 'each.key' || address === 'count.index') return instance.key;
    if (address === 'each.value') return member(instance.value, attribute);
    const [head = '', second = ''] = address.split('.');
    if (head === 'local') return member(this.read(this.stack.locals?.[second], instance, depth), attribute);
    return this.attribute(address, attribute, depth);
  }

  private attribute(address: string, attribute: string, depth: number): Value {
    const block = this.block(address);
    const instances = block ? this.instances(block) : [];
    const suffix = address.slice(blockAddress(address).length);
    const instance = instances.find((candidate) => candidate.suffix === suffix);
    if (!block || !instance) return undefined;
    const [argument = ''] = attribute.split(/[.[]/);
    if (argument in block) return member(this.read(block[argument], instance, depth), attribute.slice(argument.length));
    return this.derived(address, block, attribute, instance, depth);
  }

  private block(address: string): Block | undefined {
    const steps = blockAddress(address).split('.');
    const [type = '', name = ''] = steps[0] === 'data' ? steps.slice(1) : steps;
    return (steps[0] === 'data' ? this.stack.data : this.stack.resource)?.[type]?.[name];
  }

  /** What the google provider knows at plan time about an attribute that nobody wrote. */
  private derived(address: string, block: Block, attribute: string, instance: Instance, depth: number): Value {
    if (attribute === 'project') return this.project;
    if (!address.startsWith('google_service_account.')) return undefined;
    const id = known(this.read(block.account_id, instance, depth));
    const project = known(this.read(block.project, instance, depth)) ?? this.project;
    if (id === undefined || project === undefined) return undefined;
    const email = `${id}@${project}.iam.gserviceaccount.com`;
    return { email, member: `serviceAccount:${email}` }[attribute];
  }
}

/** What follows an attribute, such as `[0].url`; undefined where it leads nowhere. */
function member(value: Value, path: string): Value {
  let found = value;
  for (const [step] of path.matchAll(/[\w-]+|(?<=\[")[^"]+/g)) {
    if (found instanceof Unknown || found === undefined) return found;
    found = (found as Record<string, Value>)?.[step];
  }
  return found instanceof Unknown && found.text !== SENSITIVE
    ? new Unknown(KNOWN_AFTER_APPLY, found.references)
    : found;
}
