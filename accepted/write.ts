import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { AcceptedFinding } from './entry';

/** An entry as it is written. */
export type NewEntry = Omit<AcceptedFinding, 'place'>;

/** Adds an entry to the file, or replaces the one for the same rule, address and plan. Keeps the comments of the file. */
export function withEntry(text: string, entry: NewEntry): { readonly text: string; readonly replaced: boolean } {
  const document: Document = parseDocument(text);
  // The file may be empty, or hold only comments.
  const list = isSeq(document.contents) ? document.contents : document.createNode<unknown[]>([]);
  document.contents = list;
  list.flow = false;
  const node = document.createNode(inOrder(entry)) as YAMLMap;
  const old = list.items.findIndex((item) => isMap(item) && isSame(item, entry));
  if (old < 0) list.items.push(node);
  else list.items[old] = withComments(node, list.items[old] as YAMLMap);
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: /[{[] /.test(text) });
  return { text: written, replaced: old >= 0 };
}

function inOrder({ rule, address, plan, reason, until, what }: NewEntry): object {
  return { rule, address, ...(plan !== undefined && { plan }), reason, until, ...(what && { what }) };
}

function isSame(item: YAMLMap, entry: NewEntry): boolean {
  const value = (key: string) => {
    const node = item.get(key, true);
    return isScalar(node) ? node.value : undefined;
  };
  return value('rule') === entry.rule && value('address') === entry.address && value('plan') === entry.plan;
}

function withComments(node: YAMLMap, old: YAMLMap): YAMLMap {
  node.commentBefore = old.commentBefore;
  node.comment = old.comment;
  node.spaceBefore = old.spaceBefore;
  return node;
}
