import { InputError, tooLong } from './input-error';
import { checkedChanges, checkedPriorState, checkPlanShape, checkStateShape } from './json-shape';
import { JsonText } from './json-text';
import { type Plan, type PlanJson, readPlan } from './plan';
import type { Inventory } from './resource';
import { readState, type StateJson } from './state';
import { readSynthesized, type SynthesizedJson } from './synthesized';

/** The content of a JSON file of Terraform. */
export type TerraformJson =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'state'; readonly resources: Inventory }
  | { readonly kind: 'stack'; readonly name?: string; readonly resources: Inventory };

/** The major version of Terraform's JSON output that this code understands. */
const FORMAT = '1';

/**
 * Reads a synthesized stack, or the JSON of a plan or of a state. Bytes are read as UTF-8 and part by part, so that a
 * large plan needs less memory. Throws an InputError for anything else.
 */
export function readTerraformJson(source: string | Buffer): TerraformJson {
  if (typeof source === 'string') return read(whole(parse(source)));
  try {
    const parts = inParts(source);
    if (parts) return read(parts);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  // Read the document as a whole to report what is wrong with it.
  return read(whole(parse(textOf(source))));
}

/** A JSON document; its large parts are read when they are needed. */
interface Parts {
  /** Everything but the prior state; the changes may be any iterable. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly priorState: () => unknown;
}

function whole(json: Record<string, unknown>): Parts {
  return { json, priorState: () => json.prior_state };
}

function inParts(bytes: Buffer): Parts | undefined {
  const members = JsonText.of(bytes)?.members();
  if (!members) return undefined;
  const json: Record<string, unknown> = {};
  for (const [name, part] of members) {
    // The changes hold the planned values too.
    if (name === 'planned_values') json[name] = {};
    else if (/^resource_(changes|drift)$/.test(name)) json[name] = part.elements() ?? part.parse();
    else if (name !== 'prior_state') json[name] = part.parse();
  }
  return { json, priorState: () => members.get('prior_state')?.parse() };
}

function read({ json, priorState }: Parts): TerraformJson {
  if (isObject(json.resource_changes) || isObject(json.planned_values)) {
    checkFormat(json);
    if (json.errored) {
      throw new InputError('the plan ended in an error, so it lacks changes', 'fix the error and plan again');
    }
    checkPlanShape(json);
    const changes = {
      resource_changes: checkedChanges('resource_changes', json.resource_changes),
      resource_drift: checkedChanges('resource_drift', json.resource_drift),
    };
    const plan = readPlan({ ...(json as PlanJson), ...changes }, () => checkedPriorState(priorState()));
    return { kind: 'plan', plan };
  }
  if ('format_version' in json && ('values' in json || Object.keys(json).length <= 2)) {
    checkFormat(json);
    checkStateShape(json);
    return { kind: 'state', resources: readState(json as StateJson) };
  }
  if (isObject(json.terraform) || isObject(json.resource) || isObject(json.data) || isObject(json.module)) {
    return { kind: 'stack', name: stackName(json), resources: readSynthesized(json as SynthesizedJson) };
  }
  throw unrecognized(json);
}

function textOf(bytes: Buffer): string {
  try {
    return bytes.toString('utf8');
  } catch {
    throw tooLong(bytes.length);
  }
}

function parse(source: string): Record<string, unknown> {
  if (source.trim() === '') throw new InputError('the file is empty', 'write `terraform show -json PLANFILE` to it');
  if (source.startsWith('PK')) {
    throw new InputError('this is a binary plan file', 'pass the output of `terraform show -json PLANFILE`');
  }
  const json = parsed(source, () => parsed(withoutNoise(source), (error) => refuse(source, error)));
  if (isObject(json) && !Array.isArray(json)) return json;
  throw new InputError('not a plan, a state or a synthesized stack', 'pass the output of `terraform show -json`');
}

function parsed(source: string, otherwise: (error: unknown) => unknown): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    return otherwise(error);
  }
}

/** The JSON alone, without a terminal's colours around it and without lines of text, such as warnings, before or after it. */
function withoutNoise(source: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has no control character of its own.
  const plain = source.replace(/\u001b\[[\d;]*[A-Za-z]/g, '');
  const start = plain.search(/^[ \t]*\{/m);
  const end = plain.lastIndexOf('}');
  return start === -1 || end < start ? plain : plain.slice(start, end + 1);
}

function refuse(source: string, error: unknown): never {
  if (/^\s*\{"@level"/.test(source)) {
    throw new InputError(
      'this is the log of `terraform plan -json`',
      'pass the output of `terraform show -json PLANFILE`',
    );
  }
  if (/after JSON at position/.test(String(error))) {
    throw new InputError('the file holds more than one JSON document', 'write each to a separate file');
  }
  throw new InputError(`not valid JSON${place(error)}`, 'write the whole output of `terraform show -json` to the file');
}

/** The position at which the JSON ends or fails. The parser's own message quotes the source, which may hold secrets. */
function place(error: unknown): string {
  const position = /at position \d+(?: \(line \d+ column \d+\))?|end of JSON input/.exec(String(error))?.[0];
  return position === undefined ? '' : ` (${position.replace('end of', 'unexpected end of')})`;
}

function checkFormat(json: Readonly<Record<string, unknown>>): void {
  const version = typeof json.format_version === 'string' ? json.format_version : 'none';
  if (version.split('.')[0] === FORMAT) return;
  throw new InputError(
    `format_version ${version} is not understood, only ${FORMAT}.x`,
    'use a Terraform release from 1.1 on, or a newer release of this tool',
  );
}

function unrecognized(json: Readonly<Record<string, unknown>>): InputError {
  if (Array.isArray(json.resources) && 'lineage' in json) {
    return new InputError('this is a raw state file', 'pass the output of `terraform show -json`');
  }
  if ('@level' in json) {
    return new InputError(
      'this is the log of `terraform plan -json`',
      'pass the output of `terraform show -json PLANFILE`',
    );
  }
  return new InputError('not a plan, a state or a synthesized stack', 'pass the output of `terraform show -json`');
}

function stackName(json: Readonly<Record<string, unknown>>): string | undefined {
  const metadata = (json['//'] as { metadata?: { stackName?: unknown } } | undefined)?.metadata;
  return typeof metadata?.stackName === 'string' ? metadata.stackName : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
