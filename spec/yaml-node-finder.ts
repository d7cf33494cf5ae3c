import { type Alias, isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Path } from './path';
import { isMergeKey } from './yaml-reader';

/** A value's node and, in a map, its key's. */
interface Found {
  readonly key?: ParsedNode;
  readonly value: ParsedNode;
  /** The scalar as it is written. */
  readonly text?: string;
}

/** Finds the YAML node of a value. Only messages need nodes, so nothing is kept for it while the file is read. */
export class NodeFinder {
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
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === segment);
    if (pair) return { key: pair.key, value: pair.value ?? pair.key };
    return node.items
      .filter(({ key }) => isMergeKey(key))
      .flatMap(({ value }) => this.mergedMaps(value))
      .map((map) => this.child(map, segment))
      .find((found) => found !== undefined);
  }

  private mergedMaps(value: ParsedNode | null): (ParsedNode | null)[] {
    const node = this.resolved(value);
    return isSeq<ParsedNode>(node) ? node.items : [node];
  }

  private resolved(node: ParsedNode | null): ParsedNode | null {
    return isAlias(node) ? (this.targets.get(node) ?? null) : node;
  }
}
