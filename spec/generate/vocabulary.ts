import type { JsonSchema } from '../json-schema';

export function vocabulary(_a: Readonly<Record<string, JsonSchema>>, _b: JsonSchema): string {
  return '';
}
