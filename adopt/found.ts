/** A JSON object. */
export interface Json {
  readonly [key: string]: unknown;
}

/** Something that exists in Google Cloud, in the arguments of the Terraform resource that can manage it. */
export interface Found {
  /** Terraform's type of it, such as `google_cloud_run_v2_service`. */
  readonly type: string;
  /** The id that `terraform import` takes, in its full form. */
  readonly id: string;
  /** Terraform's arguments: blocks are lists, as in a state. */
  readonly values: Json;
  /** The file, or the file and the address in it. */
  readonly source: string;
  /** Its address in the Terraform state that manages it now. */
  readonly address?: string;
}

/** A role that one member has on something. */
export interface Grant {
  /** The id of what the role is on, as `import-id.ts` writes it. */
  readonly target: string;
  readonly role: string;
  readonly member: string;
  /** Title of the condition under which the grant holds. */
  readonly condition?: string;
  /** Whether one Terraform resource owns all members of the role. */
  readonly authoritative: boolean;
  readonly source: string;
  /** Its address in the Terraform state that manages it now. */
  readonly address?: string;
}

/** A line of the report: what it is about, and what there is to say. */
export interface Remark {
  /** The file, the resource, or the field by its path. */
  readonly about: string;
  readonly text: string;
}

/** What the input files hold. */
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

/** Whether a value says nothing: Terraform reads back an empty value where nothing is set. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isJson(value) && Object.values(value).every(isEmpty);
}

/** The last segment of a full name. */
export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
