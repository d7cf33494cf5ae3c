import { isEmpty, isJson, type Json } from './found';

/**
 * The arguments of a resource, read one by one. Arguments that are not empty and not read at the end are missing in the adopted
 * file: `left` lists their paths.
 */
export class Fields {
  private readonly read = new Set<string>();
  private readonly inner = new Map<string, Fields[]>();

  constructor(
    private readonly values: Json,
    private readonly path = '',
  ) {}

  /** The value of an argument; undefined if it is empty. */
  take(key: string): unknown {
    this.read.add(key);
    const value = this.values[key];
    return isEmpty(value) ? undefined : value;
  }

  /** The value of an argument as text; undefined if it is empty. */
  text(key: string): string | undefined {
    const value = this.take(key);
    return value === undefined ? undefined : String(value);
  }

  /** A number; undefined if it is 0 or not set. */
  number(key: string): number | undefined {
    const value = this.take(key);
    return value === undefined ? undefined : Number(value);
  }

  /** A boolean; undefined if it is not set. */
  flag(key: string): boolean | undefined {
    this.read.add(key);
    const value = this.values[key];
    if (value === undefined || value === null || value === '') return undefined;
    return value === true || value === 'true';
  }

  /** The elements of a list as text. */
  list(key: string): string[] {
    const value = this.take(key);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** A map from text to text; undefined if it is empty. */
  map(key: string): Record<string, string> | undefined {
    const value = this.take(key);
    if (!isJson(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
  }

  /** The blocks under an argument. */
  blocks(key: string): Fields[] {
    const known = this.inner.get(key);
    if (known) return known;
    this.read.add(key);
    const value = this.values[key];
    const list = Array.isArray(value) ? value.filter(isJson) : isJson(value) ? [value] : [];
    const found = list.map((each, index) => new Fields(each, this.pathOf(list.length > 1 ? `${key}[${index}]` : key)));
    this.inner.set(key, found);
    return found;
  }

  /** The block under an argument; undefined if there is none. */
  block(key: string): Fields | undefined {
    return this.blocks(key)[0];
  }

  /** Counts arguments as read that the file does not need. */
  skip(...keys: readonly string[]): void {
    for (const key of keys) this.read.add(key);
  }

  /** Adds other arguments to those of which `left` lists the unread ones. */
  adds(other: Fields): void {
    this.inner.set(`(${other.path})`, [other]);
  }

  /** The arguments that nobody has read yet. */
  leftKeys(): string[] {
    return Object.keys(this.values).filter((key) => !this.read.has(key) && !isEmpty(this.values[key]));
  }

  /** The paths of the arguments that are not empty and that nobody has read. */
  left(): string[] {
    return [
      ...this.leftKeys().map((key) => this.pathOf(key)),
      ...[...this.inner.values()].flat().flatMap((each) => each.left()),
    ];
  }

  private pathOf(key: string): string {
    const segment = /^[\w-]+(\[\d+\])?$/.test(key) ? key : `["${key}"]`;
    return this.path === '' || segment.startsWith('["') ? `${this.path}${segment}` : `${this.path}.${segment}`;
  }
}
