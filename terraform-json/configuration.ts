import type { Origin } from './redaction';
import { blockAddress } from './resource';
import type { Reference } from './value';

/** An expression in a plan's `configuration`: a constant, or its references. */
interface Expression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}

/** Expressions by argument; a nested block is a list (or one object) of the same. */
interface Expressions {
  readonly [argument: string]: Expression | Expressions | readonly Expressions[];
}

interface ConfiguredResource {
  readonly address: string;
  readonly provider_config_key?: string;
  readonly expressions?: Expressions;
  readonly for_each_expression?: Expression;
}

interface ConfiguredModule {
  readonly resources?: readonly ConfiguredResource[];
  readonly module_calls?: Readonly<Record<string, ModuleCall>>;
  readonly outputs?: Readonly<Record<string, { readonly expression?: Expression }>>;
  readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>;
}

interface ModuleCall {
  readonly expressions?: Expressions;
  readonly for_each_expression?: Expression;
  readonly module?: ConfiguredModule;
}

/** The `configuration` part of a plan's JSON. */
export interface PlanConfiguration {
  readonly provider_config?: Readonly<Record<string, { readonly expressions?: Expressions }>>;
  readonly root_module?: ConfiguredModule;
}

/** A module instance, in which the names of an expression are looked up. */
interface Scope {
  readonly module: ConfiguredModule;
  /** `module.a["x"].` before the addresses of its resources; empty in the root module. */
  readonly prefix: string;
  /** The module call that made it, and the scope of that call. */
  readonly caller?: { readonly scope: Scope; readonly call: ModuleCall; readonly key?: string };
}

/** Where an expression is evaluated: this decides the meaning of `each` and `count`. */
interface Evaluation {
  readonly scope: Scope;
  readonly forEach?: Expression;
  readonly key?: string;
}

/** The limit stops at a circle of references. A real plan has none: Terraform refuses it. */
const DEEPEST = 32;

/** A plan's configuration: it shows from which resources an unknown value will come. */
export class Configuration {
  private readonly resources = new Map<ConfiguredModule, Map<string, ConfiguredResource>>();

  constructor(
    private readonly configuration: PlanConfiguration,
    private readonly variables: Readonly<Record<string, { readonly value?: unknown }>>,
  ) {}

  /** The expressions of the resource at an address. */
  origin(address: string): Origin {
    const { scope, resource, key } = this.find(address);
    if (!resource) return { references: () => undefined };
    const evaluation = { scope, forEach: resource.for_each_expression, key };
    return {
      references: (path) => {
        const found = expressionsAt(resource.expressions, path);
        return found?.flatMap((expression) => this.resolve(expression.references ?? [], evaluation, 0));
      },
    };
  }

  /** The project in the provider configuration of a resource, as a literal or a root variable that is not sensitive. */
  defaultProject(address: string): string | undefined {
    const key = this.find(address).resource?.provider_config_key ?? 'google';
    const providers = this.configuration.provider_config;
    const provider = providers?.[key] ?? providers?.[key.slice(key.lastIndexOf(':') + 1)] ?? providers?.google;
    const project = provider?.expressions?.project as Expression | undefined;
    const variable = /^var\.(\w+)$/.exec(project?.references?.[0] ?? '')?.[1];
    const value = variable === undefined ? project?.constant_value : this.variable(variable);
    return typeof value === 'string' ? value : undefined;
  }

  private variable(name: string): unknown {
    const sensitive = this.configuration.root_module?.variables?.[name]?.sensitive;
    return sensitive ? undefined : this.variables[name]?.value;
  }

  private find(address: string): { scope: Scope; resource?: ConfiguredResource; key?: string } {
    let scope: Scope = { module: this.configuration.root_module ?? {}, prefix: '' };
    let rest = address;
    for (let step = moduleStep(rest); step; step = moduleStep(rest)) {
      const called = enter(scope, step.name, step.key);
      if (!called) return { scope };
      scope = called;
      rest = rest.slice(step.length);
    }
    return {
      scope,
      resource: this.resourcesOf(scope.module).get(blockAddress(rest)),
      key: /\[[^\]]*\]$/.exec(rest)?.[0],
    };
  }

  private resourcesOf(module: ConfiguredModule): Map<string, ConfiguredResource> {
    let resources = this.resources.get(module);
    if (!resources) {
      resources = new Map((module.resources ?? []).map((resource) => [resource.address, resource]));
      this.resources.set(module, resources);
    }
    return resources;
  }

  private resolve(names: readonly string[], evaluation: Evaluation, depth: number): readonly Reference[] {
    if (depth > DEEPEST) return [];
    const keyed = names.some((name) => /^(each\.(key|value)|count\.index)\b/.test(name));
    return mostSpecific(names).flatMap((name) => this.resolveName(name, evaluation, keyed, depth + 1));
  }

  private resolveName(name: string, evaluation: Evaluation, keyed: boolean, depth: number): readonly Reference[] {
    const { scope, forEach, key } = evaluation;
    const [head, second] = name.split('.');
    if (head === 'each') return second === 'value' ? this.withKey(forEach, { scope, key }, depth) : [];
    if (head === 'var') return this.resolveVariable(scope, second ?? '', depth);
    if (head === 'module') return this.resolveOutput(scope, name, depth);
    // A plan does not show the content of a local: keep at least that the expression refers to one.
    if (head === 'local') return [{ address: name, attribute: '' }];
    if (head === 'count' || head === 'path' || head === 'terraform' || head === 'self') return [];
    const { address, attribute } = splitReference(name);
    return [{ address: scope.prefix + address, attribute, likelyKey: keyed ? key : undefined }];
  }

  /** `each.value` is one element of `for_each`, most likely the one with the same key. */
  private withKey(forEach: Expression | undefined, evaluation: Evaluation, depth: number): readonly Reference[] {
    const references = this.resolve(forEach?.references ?? [], evaluation, depth);
    const oneOf = references.length > 1;
    return references.map((reference) => ({ ...reference, likelyKey: evaluation.key, oneOf }));
  }

  private resolveVariable(scope: Scope, name: string, depth: number): readonly Reference[] {
    const caller = scope.caller;
    const passed = caller?.call.expressions?.[name.replace(/\[.*$/, '')] as Expression | undefined;
    if (!caller) return [{ address: `var.${name}`, attribute: '' }];
    if (!passed) return [];
    const evaluation = { scope: caller.scope, forEach: caller.call.for_each_expression, key: caller.key };
    return this.resolve(passed.references ?? [], evaluation, depth);
  }

  private resolveOutput(scope: Scope, name: string, depth: number): readonly Reference[] {
    const step = moduleStep(`${name}.`);
    const called = step && enter(scope, step.name, step.key);
    const output = step && /^\w[\w-]*/.exec(name.slice(step.length))?.[0];
    const expression = output === undefined ? undefined : called?.module.outputs?.[output]?.expression;
    return called && expression ? this.resolve(expression.references ?? [], { scope: called }, depth) : [];
  }
}

/** The first `module.name["key"].` of an address. */
function moduleStep(address: string): { name: string; key?: string; length: number } | undefined {
  const match = /^module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?\./.exec(address);
  return match ? { name: match[1] ?? '', key: match[2], length: match[0].length } : undefined;
}

function enter(scope: Scope, name: string, key: string | undefined): Scope | undefined {
  const call = scope.module.module_calls?.[name];
  if (!call?.module) return undefined;
  return { module: call.module, prefix: `${scope.prefix}module.${name}${key ?? ''}.`, caller: { scope, call, key } };
}

/** Terraform lists `a.b.id` and also `a.b`: only the longest form shows what is read. */
function mostSpecific(names: readonly string[]): readonly string[] {
  const unique = [...new Set(names)];
  return unique.filter((name) => !unique.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)));
}

/** Splits `data.type.name["key"].attribute` after the instance key. */
export function splitReference(name: string): Reference {
  const match = /^((?:data\.)?[\w-]+\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?)\.?(.*)$/.exec(name);
  return { address: match?.[1] ?? name, attribute: match?.[2] ?? '' };
}

/** The expressions at a path; for a block, every expression in it. Undefined if nothing is written there. */
function expressionsAt(
  expressions: Expressions | undefined,
  path: readonly (string | number)[],
): readonly Expression[] | undefined {
  let node: unknown = expressions;
  for (const step of path) {
    if (isExpression(node)) break;
    if (typeof step === 'number' && !Array.isArray(node)) continue;
    node = (node as Record<string | number, unknown> | undefined)?.[step];
  }
  if (node === undefined) return undefined;
  return leaves(node);
}

function leaves(node: unknown): readonly Expression[] {
  if (isExpression(node)) return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(leaves) : [];
}

function isExpression(node: unknown): node is Expression {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return false;
  return 'constant_value' in node || Array.isArray((node as Expression).references);
}
