import { isObject, type ObjectValue, objectsIn, UNKNOWN, type Value } from './protocol/values';
import type { Block, Type } from './schema';

/** The value with exactly the arguments and blocks of the schema, as Terraform requires. Unknown values become null. */
export function conform(block: Block, value: ObjectValue): ObjectValue {
  const conforming: ObjectValue = {};
  for (const name in block.attributes) {
    const attribute = block.attributes[name];
    if (attribute !== undefined) conforming[name] = conformType(attribute.type, value[name]);
  }
  for (const name in block.blocks) {
    const nested = block.blocks[name];
    if (nested === undefined) continue;
    const inner = value[name];
    if (nested.nesting === 'single') conforming[name] = isObject(inner) ? conform(nested.block, inner) : null;
    else conforming[name] = objectsIn(inner).map((item) => conform(nested.block, item));
  }
  return conforming;
}

function conformType(type: Type, value: Value): Value {
  if (value === UNKNOWN || value === null || value === undefined) return null;
  if (typeof type === 'string') return value;
  if (type[0] === 'object') {
    const fields = isObject(value) ? value : {};
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, conformType(inner, fields[name])]));
  }
  const [, element] = type;
  if (typeof element === 'string') return value;
  return Array.isArray(value) ? value.map((item) => conformType(element, item)) : value;
}
