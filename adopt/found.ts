/** A JSON object. */
export interface Json {
  readonly [key: string]: unknown;
}

/** An object in Google Cloud, with the arguments of the Terraform resource that can manage it. */
export interface Found {
  /** The type in Terraform, such as `google_cloud_run_v2_service`. */
  readonly type: string;
  /** The id that `terraform import` takes, in its full form. */
  readonly id: string;
  /** Terraform's arguments: blocks are lists, as in a state. */
  readonly values: Json;
  /** The file in which it was found, with the address there if it has one. */
  readonly source: string;
  /** Its address in the Terraform state that manages it now. */
  readonly address?: string;
}

/** A role that one member has on a resource. */
export interface Grant {
  /** The id of the resource on which the role is granted, in the form of `import-id.ts`. */
  readonly target: string;
  readonly role: string;
  readonly member: string;
  /** Title of the condition of the grant. */
  readonly condition?: string;
  /** Whether one Terraform resource owns all members of the role. */
  readonly authoritative: boolean;
  readonly source: string;
  /** Its address in the Terraform state that manages it now. */
  readonly address?: string;
}

/** A line of the report: its subject and its text. */
export interface Remark {
  /** The file, the resource, or the field by its path. */
  readonly about: string;
  readonly text: string;
}

/** The content of the input files. */
export interface Inventory {
  readonly resources: readonly Found[];
  readonly grants: readonly Grant[];
  /** What was read but cannot be adopted, and why. */
  readonly leftOut: readonly Remark[];
  /** Files that could not be read at all, and why. */
  readonly unreadable?: readonly Remark[];
  /** The address of everything that a Terraform state manages. */
  readonly managed?: readonly string[];
}

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is empty: Terraform reads an unset argument back as an empty value. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isJson(value) && Object.values(value).every(isEmpty);
}

/** The last segment of a full name. */
export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
