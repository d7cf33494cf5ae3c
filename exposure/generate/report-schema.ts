import { createGenerator } from 'ts-json-schema-generator';

/** The JSON Schema of the exposure report, from its TypeScript interface: text of `exposure.schema.json`. */
export function reportSchema(root: string): string {
  const schema = createGenerator({
    path: `${root}/exposure/report.ts`,
    tsconfig: `${root}/tsconfig.json`,
    type: 'ExposureReport',
    topRef: false,
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema('ExposureReport');
  return `${JSON.stringify(schema, null, 2)}\n`;
}
