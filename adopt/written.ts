import { type App, Testing } from 'cdktf';
import { emailOf } from '../constructs/core/account';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { isJson, type Json } from './found';
import { importId } from './import-id';

/** A resource in the stack that is synthesized from the adopted file. */
export interface Written {
  readonly address: string;
  readonly type: string;
  /** Its arguments; references to names in the stack are replaced by the names. */
  readonly values: Json;
  /** The id that `terraform import` takes; undefined if it is not known before apply. */
  readonly id: string | undefined;
}

type Resources = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** The resources of a stack. */
export function writtenBy(stack: CloudRunStack): Written[] {
  return writtenIn(JSON.parse(Testing.synth(stack)));
}

/** The resources of a synthesized stack. */
export function writtenIn({ resource = {} }: { readonly resource?: Resources }): Written[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, values]) => {
      const literal = resolved(values, resource) as Json;
      const withEmail = type === 'google_service_account' ? { ...literal, ...accountOf(literal) } : literal;
      return { address: `${type}.${name}`, type, values: literal, id: importId(type, withEmail) };
    }),
  );
}

/** A new app for stacks that are not written. */
export function appToLookAt(): App {
  return Testing.app();
}

const REFERENCE = /^\$\{(google_\w+)\.([\w-]+)\.(\w+)\}$/;

/** Replaces references to arguments of the stack's own resources, and to the address of an account, by their future values. */
function resolved(value: unknown, resources: Resources): unknown {
  if (typeof value === 'string')
    return referred(value, resources) ?? value.replaceAll('$${', '${').replaceAll('%%{', '%{');
  if (Array.isArray(value)) return value.map((each) => resolved(each, resources));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, resources)]));
}

function referred(text: string, resources: Resources): unknown {
  const [, type = '', name = '', attribute = ''] = REFERENCE.exec(text) ?? [];
  const values = resources[type]?.[name];
  if (values === undefined) return undefined;
  if (type === 'google_service_account') return accountOf(values)[attribute];
  if (attribute === 'id') return importId(type, resolved(values, resources) as Json);
  return values[attribute] === undefined ? undefined : resolved(values[attribute], resources);
}

/** The attributes of an account that follow from its id and project. */
function accountOf({ account_id: id, project }: Json): Readonly<Record<string, string>> {
  const email = emailOf(String(id), String(project));
  return { email, member: `serviceAccount:${email}`, name: `projects/${project}/serviceAccounts/${email}` };
}
