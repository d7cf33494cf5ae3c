import { type Alias, isAlias, isMap, isScalar, type ParsedNode, Scalar, type YAMLMap } from 'yaml';
import { dotted, type Path } from './path';
import type { Place, Problem } from './problem';

/** The deepest nesting of maps and lists: ten times what the vocabulary needs, and safe for recursion. */
const MAX_DEPTH = 100;
/** The largest number of values after aliases are expanded: more than the largest file can have without aliases. */
const MAX_VALUES = 2_000_000;

/** The value that an alias refers to. */
export interface AliasTarget {
  readonly node: ParsedNode;
  readonly value: unknown;
  /** The number of values in it, including itself. */
  readonly size: number;
  /** The number of levels of maps and lists in it. */
  readonly height: number;
}

/** Converts YAML nodes to plain data. An alias shares the value of its anchor, so expanding it costs nothing. */
export class YamlReader {
  readonly problems: Problem[] = [];
  /** The nodes that aliases refer to. */
  readonly targets = new Map<Alias, ParsedNode>();
  private readonly anchors = new Map<string, AliasTarget | 'open'>();
  private readonly exceeded = new Set<string>();
  private size = 0;
  private deepest = 0;

  constructor(private readonly place: (offset: number) => Place) {}

  /** Reads `node`, which is at `path`. */
  read(node: ParsedNode, path: Path): unknown {
    if (isAlias(node)) return this.readAlias(node, path);
    const { anchor } = node;
    if (anchor === undefined) return this.readContent(node, path);
    const { size, deepest } = this;
    this.anchors.set(anchor, 'open');
    this.deepest = path.length;
    const value = this.readContent(node, path);
    this.anchors.set(anchor, { node, value, size: this.size - size, height: this.deepest - path.length });
    this.deepest = Math.max(this.deepest, deepest);
    return value;
  }

  private readContent(node: Exclude<ParsedNode, Alias>, path: Path): unknown {
    this.size += 1;
    this.deepest = Math.max(this.deepest, path.length);
    if (node.tag !== undefined && !PLAIN_TAGS.test(node.tag)) return this.refuse(node, path, UNKNOWN_TAG);
    if (isScalar(node)) return this.readScalar(node, path);
    if (path.length >= MAX_DEPTH) return this.exceed(node, path, TOO_DEEP);
    return isMap(node) ? this.readMap(node, path) : node.items.map((item, index) => this.read(item, [...path, index]));
  }

  private readScalar(node: Scalar.Parsed, path: Path): unknown {
    const { value } = node;
    return typeof value === 'string' && value.includes('\0') ? this.refuse(node, path, NUL) : value;
  }

  private readAlias(alias: Alias.Parsed, path: Path): unknown {
    const target = this.anchors.get(alias.source);
    if (target === undefined) return this.refuse(alias, path, `no anchor &${alias.source} stands before this alias`);
    if (target === 'open') return this.refuse(alias, path, `the alias *${alias.source} stands inside its own anchor`);
    this.targets.set(alias, target.node);
    this.size += target.size;
    this.deepest = Math.max(this.deepest, path.length + target.height);
    if (this.size > MAX_VALUES) return this.exceed(alias, path, `aliases expand to more than ${MAX_VALUES} values`);
    return this.deepest > MAX_DEPTH ? this.exceed(alias, path, TOO_DEEP) : target.value;
  }

  private readMap(node: YAMLMap<ParsedNode, ParsedNode | null>, path: Path): Record<string, unknown> {
    const merged: Record<string, unknown> = {};
    const own: Record<string, unknown> = {};
    const places = new Map<string, Place>();
    for (const { key: keyNode, value: valueNode } of node.items) {
      const key = this.readKey(keyNode, path);
      if (key === undefined) continue;
      const first = places.get(key);
      if (first !== undefined) {
        this.refuse(keyNode, [...path, key], `written twice: it is also in line ${first.line}`);
        continue;
      }
      places.set(key, this.place(keyNode.range[0]));
      const value = valueNode === null ? null : this.read(valueNode, [...path, key]);
      if (value === undefined) continue;
      if (isMergeKey(keyNode)) this.merge(merged, value, valueNode ?? keyNode, [...path, key]);
      else own[key] = value;
    }
    return Object.assign(merged, own);
  }

  private readKey(node: ParsedNode, path: Path): string | undefined {
    if (!isScalar(node)) return this.refuse(node, path, 'a key is a string, not a list, a map or an alias');
    const { value } = node;
    if (value === null) return this.refuse(node, path, 'a key is missing before the colon');
    if (typeof value !== 'string') return this.refuse(node, path, `the key ${node.source} is not a string: quote it`);
    if (value.includes('\0')) return this.refuse(node, path, NUL);
    if (value === '' || value === '__proto__') return this.refuse(node, path, `'${value}' cannot be a key`);
    return value;
  }

  /** YAML's merge key `<<`. If several maps have a key, the first one wins. */
  private merge(merged: Record<string, unknown>, value: unknown, node: ParsedNode, path: Path): void {
    for (const map of Array.isArray(value) ? value : [value]) {
      if (typeof map !== 'object' || map === null || Array.isArray(map)) {
        this.refuse(node, path, '<< takes an alias of a map, or a list of them');
        return;
      }
      for (const [key, inherited] of Object.entries(map)) {
        if (!Object.hasOwn(merged, key)) merged[key] = inherited;
      }
    }
  }

  /** Reports a limit once: the values after it exceed it too. */
  private exceed(node: ParsedNode, path: Path, message: string): undefined {
    if (this.exceeded.has(message)) return;
    this.exceeded.add(message);
    this.refuse(node, path.slice(0, 3), message);
  }

  private refuse(node: ParsedNode, path: Path, message: string): undefined {
    const place = this.place(node.range[0]);
    this.problems.push({ severity: 'error', place, path: dotted(path), message });
    return undefined;
  }
}

/** Tags that do not change the type. The parser knows other tags and would create dates, bytes and ordered maps. */
const PLAIN_TAGS = /^(?:!|tag:yaml\.org,2002:(?:map|seq|str|int|float|bool|null))$/;

/** The message for any other tag. */
export const UNKNOWN_TAG = 'an unknown tag: values are lists, maps, strings, numbers, true, false and null';

const NUL = 'a NUL character is in it: take it out';
const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels`;

/** Whether a key is YAML's merge key. In quotes it is an ordinary key. */
export function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN;
}
