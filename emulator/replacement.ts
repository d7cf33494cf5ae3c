import type { PlanRules } from './behaviour';
import { inside } from './planning';
import type { AttributePath, PathStep } from './protocol/messages';
import { type ObjectValue, objectsIn, sameValue, type Value } from './protocol/values';
import type { Block } from './schema';

/** The arguments that force a replacement by their change, as paths into the value. An unknown new value is a change. */
export function replacements(
  block: Block,
  rules: PlanRules,
  prior: ObjectValue,
  planned: ObjectValue,
): AttributePath[] {
  const found: AttributePath[] = [];
  collect({ rules, found }, block, prior, planned, '', []);
  return found;
}

interface Search {
  readonly rules: PlanRules;
  readonly found: AttributePath[];
}

function collect(
  search: Search,
  block: Block,
  prior: ObjectValue,
  planned: ObjectValue,
  path: string,
  steps: PathStep[],
): void {
  for (const name in block.attributes) {
    if (!search.rules.forceNew.includes(inside(path, name)) || sameValue(prior[name], planned[name])) continue;
    search.found.push({ steps: [...steps, { attribute_name: name }] });
  }
  for (const name in block.blocks) {
    collectNested(search, block, name, prior[name], planned[name], inside(path, name), steps);
  }
}

function collectNested(
  search: Search,
  parent: Block,
  name: string,
  prior: Value,
  planned: Value,
  path: string,
  steps: PathStep[],
): void {
  const nested = parent.blocks[name];
  if (nested === undefined || !search.rules.forceNew.some((forced) => forced === path || forced.startsWith(`${path}.`)))
    return;
  const here: PathStep[] = [...steps, { attribute_name: name }];
  const [old, wanted] = [objectsIn(prior), objectsIn(planned)];
  if (nested.nesting === 'set' || old.length !== wanted.length) {
    if (!sameValue(prior, planned) && forcesInside(search.rules, path)) search.found.push({ steps: here });
    return;
  }
  old.forEach((item, at) => {
    collect(search, nested.block, item, wanted[at] as ObjectValue, path, [...here, { element_key_int: at }]);
  });
}

/** Adding or removing a block also changes its arguments, so one of them that forces a replacement is enough. */
function forcesInside(rules: PlanRules, path: string): boolean {
  return rules.forceNew.some((forced) => forced === path || forced.startsWith(`${path}.`));
}
