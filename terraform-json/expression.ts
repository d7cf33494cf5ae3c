import { splitReference } from './configuration';
import { blockAddress } from './resource';
import { KNOWN_AFTER_APPLY, type Reference, Unknown, type Value } from './value';

/** The values of the names in an expression. */
export interface Names {
  /** An attribute of a resource, `local.x`, `each.key`, `count.index`; undefined if it is not known. */
  value(reference: Reference): Value;
}

/** Evaluates a string of Terraform's JSON syntax; if a part is not known, the result is unknown, with its references. */
export function evaluate(template: string, names: Names): Value {
  const parts = split(template);
  const values = parts.map((part) => (part.code === undefined ? part.text : evaluateCode(part.code, names)));
  if (values.length === 1) return values[0];
  if (values.every((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) {
    return values.join('');
  }
  const references = values.flatMap((value) => (value instanceof Unknown ? value.references : []));
  return new Unknown(KNOWN_AFTER_APPLY, references);
}

/** Evaluates a traversal such as `google_service_account.api.email` or a list of literals, and no other kind of expression. */
function evaluateCode(code: string, names: Names): Value {
  const traversal = /^(?:data\.)?[A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:"[^"]*"|\d+)\])+$/.exec(code.trim());
  if (!traversal) {
    const quoted = /^(?:toset|tolist)\((\[.*\])\)$/s.exec(code.trim())?.[1];
    return (quoted !== undefined && literalList(quoted)) || new Unknown(KNOWN_AFTER_APPLY, referencesIn(code));
  }
  const reference = splitReference(code.trim());
  const value = names.value(reference);
  return value === undefined ? new Unknown(KNOWN_AFTER_APPLY, [reference]) : value;
}

function literalList(code: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(code);
    return Array.isArray(list) && list.every((element) => typeof element === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}

/** The resources in any expression, found by the form of their addresses. */
function referencesIn(code: string): readonly Reference[] {
  const withoutStrings = code.replace(/"(?:[^"\\$]|\\.)*"/g, '""');
  const found = withoutStrings.matchAll(/(?<![\w.])(?:data\.)?[a-z]+_\w+\.[A-Za-z_][\w-]*(?:\[[^\]]*\])?(?:\.\w+)?/g);
  return [...found].map(([name]) => splitReference(blockAddress(name)));
}

/** The literal text and the `${…}` of a template; `$${` is a literal `${`. */
function split(template: string): readonly ({ text: string; code?: undefined } | { code: string })[] {
  const parts: ({ text: string; code?: undefined } | { code: string })[] = [];
  let textStart = 0;
  for (let at = template.indexOf('${'); at !== -1; at = template.indexOf('${', at)) {
    if (template[at - 1] === '$') {
      at += 2;
      continue;
    }
    const end = closingBrace(template, at + 2);
    if (at > textStart) parts.push({ text: unescaped(template.slice(textStart, at)) });
    parts.push({ code: template.slice(at + 2, end) });
    at = textStart = end + 1;
  }
  if (textStart < template.length || parts.length === 0) parts.push({ text: unescaped(template.slice(textStart)) });
  return parts;
}

function unescaped(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/** The end of the expression that begins at a position: strings in it may hold braces. */
function closingBrace(template: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < template.length; at += 1) {
    const character = template[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth += 1;
    else if (!quoted && character === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return template.length;
}
