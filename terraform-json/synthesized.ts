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

/** A stack in Terraform's JSON configuration syntax, as `cdktf synth` writes it. */
export interface SynthesizedJson {
  readonly resource?: unknown;
  readonly data?: unknown;
  readonly locals?: unknown;
  readonly module?: unknown;
  readonly provider?: unknown;
}

/** A resource or data source as the stack writes it. */
interface Written {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly block: Block;
}

/** An instance of a block, with the values of `each` and `count` in its expressions. */
interface Instance {
  /** `["key"]` or `[0]`; empty for a block without `for_each` and `count`. */
  readonly suffix: string;
  readonly key?: string;
  readonly value?: Value;
  /** The values of the iterators of the `dynamic` blocks around an expression. */
  readonly iterators?: ReadonlyMap<string, { readonly key: string; readonly value: Value }>;
}

/** The longest chain of references; a longer one counts as a circle. */
const DEEPEST = 16;

/** The resources of a synthesized stack; references between them are resolved if they lead to literals. */
export function readSynthesized(stack: SynthesizedJson): Inventory {
  return new Inventory(new SynthesizedStack(stack).resources());
}

class SynthesizedStack {
  private readonly project: string | undefined;
  private readonly written = new Map<string, Written>();
  private readonly locals: ReadonlyMap<string, unknown>;

  constructor(private readonly stack: SynthesizedJson) {
    this.locals = new Map(labelled(stack.locals));
    for (const [type, named] of labelled(stack.resource)) this.collect('managed', type, named);
    for (const [type, named] of labelled(stack.data)) this.collect('data', type, named);
    const providers = labelled(stack.provider).filter(([name]) => name === 'google' || name === 'google-beta');
    const provider = providers.flatMap(([, configurations]) => blocksOf(configurations)).find(({ alias }) => !alias);
    this.project = known(this.read(provider?.project, { suffix: '' }, 0));
  }

  resources(): readonly Resource[] {
    const written = [...this.written].flatMap(([address, { mode, type, block }]) =>
      this.instances(block).map((instance): Resource => {
        const values = this.values(block, instance);
        return { address: address + instance.suffix, mode, type, values, defaultProject: this.project };
      }),
    );
    const modules = labelled(this.stack.module).map(
      ([name]): Resource => ({ address: `module.${name}`, mode: 'managed', type: 'module', values: {} }),
    );
    return [...written, ...modules];
  }

  private collect(mode: Written['mode'], type: string, named: unknown): void {
    const prefix = mode === 'data' ? 'data.' : '';
    for (const [name, blocks] of labelled(named)) {
      const [block = {}] = blocksOf(blocks);
      this.written.set(`${prefix}${type}.${name}`, { mode, type, block });
    }
  }

  private values(block: Block, instance: Instance): Values {
    const values = this.read(block, instance, 0);
    return isValues(values) ? values : {};
  }

  /** The instances of a block; one without a key if the number of instances is not known. */
  private instances(block: Block): readonly Instance[] {
    const each = this.read(block.for_each, { suffix: '' }, 0);
    if (Array.isArray(each))
      return each.map((key) => ({ suffix: `[${JSON.stringify(String(key))}]`, key: String(key), value: key }));
    if (isValues(each)) {
      return Object.entries(each).map(([key, value]) => ({ suffix: `[${JSON.stringify(key)}]`, key, value }));
    }
    const count = this.read(block.count, { suffix: '' }, 0);
    if (typeof count !== 'number') return [{ suffix: '' }];
    return Array.from({ length: count }, (_, i) => ({ suffix: `[${i}]`, key: String(i) }));
  }

  /** A value of the JSON with its expressions evaluated, and without the values of environment variables. */
  private read(value: unknown, instance: Instance, depth: number, inEnv = false): Value {
    if (typeof value === 'string') return evaluate(value, this.names(instance, depth));
    if (Array.isArray(value)) return value.map((element) => this.read(element, instance, depth, inEnv));
    if (typeof value !== 'object' || value === null) return value as Value;
    const values: Record<string, Value> = {};
    for (const [name, member] of Object.entries(value)) {
      const secret = inEnv && name === 'value';
      if (name === 'dynamic') continue;
      values[name] = secret ? new Unknown(SENSITIVE) : this.read(member, instance, depth, name === 'env');
    }
    for (const [name, dynamic] of labelled((value as Block).dynamic)) {
      const written = values[name] === undefined ? [] : [values[name]].flat();
      const made = blocksOf(dynamic).flatMap((block) => this.dynamicBlocks(name, block, instance, depth));
      values[name] = [...written, ...made];
    }
    return values;
  }

  /** The blocks that a `dynamic` block makes; one unknown block if their number is not known. */
  private dynamicBlocks(name: string, dynamic: Block, instance: Instance, depth: number): readonly Value[] {
    const each = this.read(dynamic.for_each, instance, depth);
    const elements = Array.isArray(each)
      ? each.map((value, i) => [String(i), value as Value] as const)
      : isValues(each)
        ? Object.entries(each)
        : undefined;
    if (!elements) return [new Unknown(KNOWN_AFTER_APPLY)];
    const iterator = typeof dynamic.iterator === 'string' ? dynamic.iterator : name;
    return elements.flatMap(([key, value]) => {
      const iterators = new Map(instance.iterators).set(iterator, { key, value });
      const inside = blocksOf(dynamic.content);
      return inside.map((content) => this.read(content, { ...instance, iterators }, depth, name === 'env'));
    });
  }

  private names(instance: Instance, depth: number): Names {
    return {
      value: (reference) => (depth > DEEPEST ? undefined : this.lookUp(reference, instance, depth + 1)),
    };
  }

  private lookUp({ address, attribute }: Reference, instance: Instance, depth: number): Value {
    if (address === 'each.key' || address === 'count.index') return instance.key;
    if (address === 'each.value') return member(instance.value, attribute);
    const [, local, path = ''] = /^local\.([\w-]+)(.*)$/.exec(`${address}.${attribute}`) ?? [];
    if (local !== undefined) return member(this.read(this.locals.get(local), instance, depth), path);
    const [head = '', part] = address.split('.');
    const iterated = instance.iterators?.get(head);
    if (iterated) return part === 'key' ? iterated.key : member(iterated.value, attribute);
    return this.attribute(address, attribute, depth);
  }

  private attribute(address: string, attribute: string, depth: number): Value {
    const block = this.written.get(blockAddress(address))?.block;
    const instances = block ? this.instances(block) : [];
    const suffix = address.slice(blockAddress(address).length);
    const instance = instances.find((candidate) => candidate.suffix === suffix);
    if (!block || !instance) return undefined;
    const [argument = ''] = attribute.split(/[.[]/);
    if (argument in block) return member(this.read(block[argument], instance, depth), attribute.slice(argument.length));
    return this.derived(address, block, attribute, instance, depth);
  }

  /** The value that the google provider computes at plan time for an attribute that is not written. */
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

/** The value at a path inside another value, such as `[0].url`; undefined if there is none. */
function member(value: Value, path: string): Value {
  let found = value;
  for (const [step] of path.matchAll(/(?<=\[")[^"]+|[\w-]+/g)) {
    if (found instanceof Unknown || found === undefined) return found;
    found = (found as Record<string, Value>)?.[step];
  }
  return found instanceof Unknown && found.text !== SENSITIVE
    ? new Unknown(KNOWN_AFTER_APPLY, found.references)
    : found;
}

/** The entries under labels, such as a resource's type or name: of an object, or of a list of objects together. */
function labelled(json: unknown): readonly (readonly [string, unknown])[] {
  return blocksOf(json).flatMap((block) => Object.entries(block));
}

function blocksOf(json: unknown): readonly Block[] {
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  return list.filter((block): block is Block => typeof block === 'object' && block !== null && !Array.isArray(block));
}
