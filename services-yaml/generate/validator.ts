import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { type JsonSchema, refTo } from '../schema/json-schema';

/**
 * Ajv's code for the schema, ready to run: to load ajv and compile the schema at every start would cost 70 ms, more than
 * everything else this project does before the synth. It answers yes or no; `load/explain.ts` says what is wrong.
 */
export function validatorSource(schema: JsonSchema): string {
  const ajv = new Ajv({ messages: false, allowUnionTypes: true, inlineRefs: false, code: { source: true, esm: true } });
  ajv.addSchema(bare(schema) as JsonSchema, 'services');
  const exported = {
    isSpec: `services${refTo('Spec')}`,
    isService: `services${refTo('CloudRunServiceProps')}`,
    isLoadBalancer: `services${refTo('ExternalLoadBalancerProps')}`,
  };
  const code = standaloneCode(ajv, exported).replace(/^"use strict";/, '');
  return `// @ts-nocheck
// Made by \`npm run generate\`: ajv's code for services.schema.json.
/* eslint-disable */
${code}
`;
}

/** The schema without what says nothing about validity, so that it does not end up in the code. */
function bare(schema: JsonSchema): unknown {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (typeof value?.description !== 'string') return value;
    const { description, default: _, defaultText, gcloud, terraform, ...rest } = value;
    return rest;
  });
}
