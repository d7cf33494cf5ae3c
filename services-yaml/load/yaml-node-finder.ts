import { type Alias, isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import type { Path } from './path';
import { isMergeKey } from './yaml-reader';

/** The node of a value and, in a map, the node of its key. */
interface Found {
  readonly key?: ParsedNode;
  readonly value: ParsedNode;
  /** The scalar, as it is written in the file. */
  readonly text?: string;
}

type ParsedMap = YAMLMap<ParsedNode, ParsedNode | null>;

/** Finds the YAML node of a value. Only messages need nodes, so reading the file stores none. */
export class NodeFinder {
  private readonly entries = new Map<ParsedMap, ReadonlyMap<unknown, ParsedMap['items'][number]>>();

  constructor(
    private readonly contents: ParsedNode,
    private readonly targets: ReadonlyMap<Alias, ParsedNode>,
  ) {}

  /** The node at `path`, or the nearest one around it. */
  find(path: Path): Found {
    let found: Found = { value: this.contents };
    for (const segment of path) {
      const child = this.child(found.value, segment);
      if (child === undefined) return found;
      found = child;
    }
    const value = this.resolved(found.value);
    return isScalar(value) ? { ...found, text: value.source } : found;
  }

  private child(parent: ParsedNode | null, segment: string | number): Found | undefined {
    const node = this.resolved(parent);
    if (isSeq<ParsedNode>(node)) {
      const value = node.items[Number(segment)];
      return value && { value };
    }
    if (!isMap<ParsedNode, ParsedNode | null>(node)) return undefined;
    const pair = this.entriesOf(node).get(segment);
    if (pair) return { key: pair.key, value: pair.value ?? pair.key };
    return node.items
      .filter(({ key }) => isMergeKey(key))
      .flatMap(({ value }) => this.mergedMaps(value))
      .map((map) => this.child(map, segment))
      .find((found) => found !== undefined);
  }

  /** The entries of a map by key. Stored, because a file may have thousands of services with an error in each. */
  private entriesOf(node: ParsedMap): ReadonlyMap<unknown, ParsedMap['items'][number]> {
    const known = this.entries.get(node);
    if (known) return known;
    const entries = new Map<unknown, ParsedMap['items'][number]>();
    for (const pair of node.items) {
      if (isScalar(pair.key) && !entries.has(pair.key.value)) entries.set(pair.key.value, pair);
    }
    this.entries.set(node, entries);
    return entries;
  }

  private mergedMaps(value: ParsedNode | null): (ParsedNode | null)[] {
    const node = this.resolved(value);
    return isSeq<ParsedNode>(node) ? node.items : [node];
  }

  private resolved(node: ParsedNode | null): ParsedNode | null {
    return isAlias(node) ? (this.targets.get(node) ?? null) : node;
  }
}
