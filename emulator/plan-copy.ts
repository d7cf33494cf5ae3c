import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isTerraformsOwn } from './local-backend';
import { isObject, type ObjectValue, type Value } from './protocol/values';

/** A copied stack, and the parts of it that cannot be planned as written. */
export interface PlanCopy {
  readonly folder: string;
  /** Addresses that the stack imports. */
  readonly imports: readonly string[];
  /** Variables without a value. */
  readonly variables: readonly string[];
  /** Whether `terraform init` is needed. */
  readonly needsInit: boolean;
}

const STAND_INS: readonly (readonly [type: RegExp, value: Value])[] = [
  [/^number/, 1],
  [/^bool/, false],
  [/^(list|set|tuple)/, []],
  [/^(map|object)/, {}],
];

/**
 * Copies a stack to plan it without its backend and its imports. Variables without a default get a stand-in value, because an offline
 * plan does not know the real one.
 */
export function copyForPlan(stackFolder: string, folder: string): PlanCopy {
  cpSync(stackFolder, folder, { recursive: true, filter: (file) => !isTerraformsOwn(basename(file)) });
  const imports: string[] = [];
  const variables: string[] = [];
  const values: ObjectValue = {};
  let needsInit = false;
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.tf.json'))) {
    const file = join(folder, name);
    const { import: imported, ...configuration }: ObjectValue = JSON.parse(readFileSync(file, 'utf8'));
    for (const block of listOf(imported)) imports.push(String(block.to));
    for (const [variable, { default: value, type }] of Object.entries(blocksIn(configuration.variable))) {
      if (value !== undefined) continue;
      variables.push(variable);
      values[variable] = standIn(variable, type);
    }
    needsInit ||= configuration.module !== undefined || needsOtherProviders(configuration);
    writeFileSync(file, JSON.stringify({ ...configuration, terraform: withoutBackend(configuration.terraform) }));
  }
  if (variables.length > 0) writeFileSync(join(folder, 'stand-in.auto.tfvars.json'), JSON.stringify(values));
  return { folder, imports, variables, needsInit };
}

/** The stand-in is the same in the base and in the plan, so it causes no change. */
function standIn(name: string, type: Value): Value {
  return STAND_INS.find(([pattern]) => typeof type === 'string' && pattern.test(type))?.[1] ?? `value-of-${name}`;
}

function withoutBackend(terraform: Value): ObjectValue {
  const { backend: _, cloud: __, ...rest } = Object.assign({}, ...listOf(terraform));
  return rest;
}

function needsOtherProviders({ terraform }: ObjectValue): boolean {
  return listOf(terraform).some((block) =>
    Object.keys(blocksIn(block.required_providers)).some((name) => name !== 'google'),
  );
}

/** A JSON block is an object or a list of objects. Returns a list. */
function listOf(value: Value): ObjectValue[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

function blocksIn(value: Value): { [name: string]: ObjectValue } {
  return Object.fromEntries(
    listOf(value).flatMap((named) => Object.entries(named).map(([name, block]) => [name, listOf(block)[0] ?? {}])),
  );
}
