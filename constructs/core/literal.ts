const TEMPLATE = /([$%])\{(?!TfToken\[)/g;

/** Whether cdktf resolves the value later, so that it is not known now. */
export function isToken(value: string | number): boolean {
  // cdktf encodes number tokens as numbers far below any that a user writes.
  return typeof value === 'string' ? /[$#]\{TfToken\[/.test(value) : value < -1e200;
}

/**
 * The props with every string escaped for Terraform. `${` and `%{` begin a template in Terraform's JSON, in keys and in values;
 * for the user they are plain text. cdktf's tokens stay unchanged.
 */
export function literal<T>(value: T): T {
  if (typeof value === 'string') return value.replace(TEMPLATE, '$1$1{') as T;
  if (Array.isArray(value)) return value.map(literal) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), literal(item)])) as T;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
