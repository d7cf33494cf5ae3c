import type { Attribute, Block, NestedBlock, ObjectType, Primitive, Type } from './types';

/**
 * Derives Terraform's schema from the TypeScript that cdktf generated from it. Each struct of the text has a function `…ToHclTerraform`
 * with an entry for each argument, and a class whose members have the comment `// name - computed: …, optional: …, required: …`.
 * Computed arguments have only that comment.
 */
export function deriveBlock(source: string, rootClass: RegExp): Block {
  const structs = readStructs(source, rootClass);
  const root = structs.get(ROOT);
  if (root === undefined) throw new Error(`no class matches ${rootClass} in the bindings' source`);
  return blockOf(root, structs);
}

const ROOT = '';

/** An argument in `…ToHclTerraform`. */
interface Entry {
  readonly value: string;
  readonly collection: string;
  readonly storage: string;
}

interface Member {
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** The text after the comment: a getter or a field with the type. */
  readonly body: string;
}

interface Struct {
  readonly entries: Map<string, Entry>;
  readonly members: Map<string, Member>;
  /** The optional properties of the interface. Only needed for the provider's own structs: they have no class with such comments. */
  readonly optionalProperties: Set<string>;
}

const CHUNK = /^export (?:class|function|interface) (\w+)/gm;
const ENTRY =
  /^ +(\w+): \{\n +value: ([^\n]+),\n +isBlock: (?:true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;
const MEMBER =
  /^ {2}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n((?: {2}[^\n]*\n){1,4})/gm;

function readStructs(source: string, rootClass: RegExp): Map<string, Struct> {
  const structs = new Map<string, Struct>();
  const starts = [...source.matchAll(CHUNK)];
  starts.forEach((start, at) => {
    const text = source.slice(start.index, starts[at + 1]?.index);
    const name = start[1] ?? '';
    readChunk(structIn(structs, rootClass.test(text) ? ROOT : structName(name)), text);
  });
  return structs;
}

function structName(name: string): string {
  const bare = name.replace(/(ToHclTerraform|ToTerraform|OutputReference)$/, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

function structIn(structs: Map<string, Struct>, name: string): Struct {
  const known = structs.get(name);
  if (known !== undefined) return known;
  const struct: Struct = { entries: new Map(), members: new Map(), optionalProperties: new Set() };
  structs.set(name, struct);
  return struct;
}

function readChunk(struct: Struct, text: string): void {
  for (const [, name = '', value = '', collection = '', storage = ''] of text.matchAll(ENTRY)) {
    struct.entries.set(name, { value, collection, storage });
  }
  for (const [, name = '', computed, optional, required, body = ''] of text.matchAll(MEMBER)) {
    struct.members.set(name, {
      computed: computed === 'true',
      optional: optional === 'true',
      required: required === 'true',
      body,
    });
  }
  for (const [, property = ''] of text.matchAll(/^ {2}readonly (\w+)\?:/gm)) struct.optionalProperties.add(property);
}

function blockOf(struct: Struct, structs: Map<string, Struct>): Block {
  const attributes: { [name: string]: Attribute } = {};
  const blocks: { [name: string]: NestedBlock } = {};
  for (const name of namesOf(struct)) {
    const entry = struct.entries.get(name);
    const flags = flagsOf(struct, name);
    const block = entry && nestedBlock(entry, flags.required, structs);
    if (block !== undefined) blocks[name] = block;
    else attributes[name] = { type: typeOf(struct, name, structs), ...flags };
  }
  return { attributes, blocks };
}

function namesOf(struct: Struct): string[] {
  return [...new Set([...struct.members.keys(), ...struct.entries.keys()])].sort();
}

function flagsOf(struct: Struct, name: string): Pick<Attribute, 'required' | 'optional' | 'computed'> {
  const member = struct.members.get(name);
  if (member !== undefined) {
    return { required: member.required, optional: member.optional, computed: member.computed };
  }
  const property = /\b(?:struct!|this)\._?(\w+)/.exec(struct.entries.get(name)?.value ?? '')?.[1] ?? '';
  const optional = struct.optionalProperties.has(property);
  return { required: !optional, optional, computed: false };
}

/** `listMapperHcl(f, true)` and a direct struct are blocks; `listMapperHcl(f, false)` is an attribute. */
function nestedBlock(entry: Entry, required: boolean, structs: Map<string, Struct>): NestedBlock | undefined {
  const struct = structWritten(entry);
  if (struct === undefined || isListOfObjects(entry)) return undefined;
  const block = blockOf(structIn(structs, struct), structs);
  if (entry.collection === 'struct') return { nesting: 'single', block, minItems: 0, maxItems: 0 };
  const direct = !entry.value.includes('listMapperHcl(');
  return {
    nesting: entry.collection === 'set' ? 'set' : 'list',
    block,
    minItems: required ? 1 : 0,
    maxItems: direct ? 1 : 0,
  };
}

function structWritten(entry: Entry): string | undefined {
  const writer = /\b([a-z]\w*)ToHclTerraform\b/.exec(entry.value.replace(/cdktf\.\w+ToHclTerraform/g, ''))?.[1];
  return writer === undefined ? undefined : structName(writer);
}

function isListOfObjects(entry: Entry): boolean {
  return /listMapperHcl\(\w+, false\)/.test(entry.value);
}

const PRIMITIVES: { readonly [word: string]: Primitive } = { string: 'string', number: 'number', boolean: 'bool' };

function typeOf(struct: Struct, name: string, structs: Map<string, Struct>): Type {
  const entry = struct.entries.get(name);
  if (entry === undefined) return typeRead(struct.members.get(name)?.body ?? '', name, structs);
  const written = structWritten(entry);
  if (written !== undefined) return [entry.collection === 'set' ? 'set' : 'list', objectOf(written, structs)];
  const [, word = '', shape] = /^(string|number|boolean)(List|Map)?$/.exec(entry.storage) ?? [];
  const primitive = PRIMITIVES[word];
  if (primitive === undefined) throw new Error(`'${name}' is stored as '${entry.storage}', which is no known type`);
  if (shape === 'Map') return ['map', primitive];
  if (shape === 'List') return [entry.collection === 'set' ? 'set' : 'list', primitive];
  return primitive;
}

const GETTERS: readonly (readonly [RegExp, Type])[] = [
  [/tolist\(this\.getListAttribute/, ['set', 'string']],
  [/tolist\(this\.getNumberListAttribute/, ['set', 'number']],
  [/this\.getListAttribute/, ['list', 'string']],
  [/this\.getNumberListAttribute/, ['list', 'number']],
  [/this\.getStringMapAttribute|new cdktf\.StringMap\(/, ['map', 'string']],
  [/new cdktf\.StringMapList\(/, ['list', ['map', 'string']]],
  [/new cdktf\.BooleanMap\(/, ['map', 'bool']],
  [/new cdktf\.NumberMap\(/, ['map', 'number']],
  [/this\.getStringAttribute/, 'string'],
  [/this\.getNumberAttribute/, 'number'],
  [/this\.getBooleanAttribute/, 'bool'],
];

/** The type of an argument that cannot be set, taken from the code that reads it. */
function typeRead(body: string, name: string, structs: Map<string, Struct>): Type {
  const [, list, wrapsSet] = /new (\w+)List\(this, "\w+", (true|false)\)/.exec(body) ?? [];
  if (list !== undefined && !body.includes('cdktf.StringMapList')) {
    return [wrapsSet === 'true' ? 'set' : 'list', objectOf(structName(list), structs)];
  }
  const type = GETTERS.find(([getter]) => getter.test(body))?.[1];
  if (type === undefined) throw new Error(`cannot tell the type of '${name}' from: ${body.trim()}`);
  return type;
}

function objectOf(name: string, structs: Map<string, Struct>): Type {
  const struct = structIn(structs, name);
  const fields: ObjectType = {};
  for (const field of namesOf(struct)) fields[field] = typeOf(struct, field, structs);
  return ['object', fields];
}
