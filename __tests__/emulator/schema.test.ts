import { resourceTypes } from '../../emulator';
import { type Block, blockFromBindings, boundProviderVersion, providerBlock } from '../../emulator/schema';
import { servedSchema } from '../../emulator/served-schema';

function blockOf(type: string): Block {
  const block = blockFromBindings('resource', type);
  if (block === undefined) throw new Error(`${type} is not bound`);
  return block;
}

/** Attributes and blocks at any depth. */
function count(block: Block): { attributes: number; blocks: number } {
  const total = { attributes: Object.keys(block.attributes).length, blocks: Object.keys(block.blocks).length };
  for (const { block: inner } of Object.values(block.blocks)) {
    const { attributes, blocks } = count(inner);
    total.attributes += attributes;
    total.blocks += blocks;
  }
  return total;
}

test('the bindings are of the provider that the facts in this folder are about', () => {
  expect(boundProviderVersion()).toBe('6.50.0');
});

// Counted in the output of the provider's own `terraform providers schema -json`.
test.each([
  ['google_cloud_run_v2_service', { attributes: 130, blocks: 34 }],
  ['google_cloud_run_domain_mapping', { attributes: 20, blocks: 3 }],
  ['google_compute_url_map', { attributes: 252, blocks: 98 }],
  ['google_service_account', { attributes: 12, blocks: 1 }],
])('%s has as many arguments and blocks as in the real provider', (type, expected) => {
  expect(count(blockOf(type))).toEqual(expected);
});

test('a domain mapping, checked by hand against the documentation', () => {
  const { attributes, blocks } = blockOf('google_cloud_run_domain_mapping');
  expect(attributes.name).toEqual({ type: 'string', required: true, optional: false, computed: false });
  expect(attributes.project).toEqual({ type: 'string', required: false, optional: true, computed: true });
  expect(attributes.status?.type).toEqual([
    'list',
    [
      'object',
      {
        conditions: ['list', ['object', { message: 'string', reason: 'string', status: 'string', type: 'string' }]],
        mapped_route_name: 'string',
        observed_generation: 'number',
        resource_records: ['list', ['object', { name: 'string', rrdata: 'string', type: 'string' }]],
      },
    ],
  ]);
  expect(blocks.spec).toMatchObject({ nesting: 'list', minItems: 1, maxItems: 1 });
  expect(blocks.metadata).toMatchObject({ nesting: 'list', minItems: 0, maxItems: 1 });
  expect(blocks.metadata?.block.attributes.labels?.type).toEqual(['map', 'string']);
  expect(blocks.timeouts?.nesting).toBe('single');
});

test('sets, lists and maps are distinguished', () => {
  const service = blockOf('google_cloud_run_v2_service');
  const container = service.blocks.template?.block.blocks.containers;
  expect(container).toMatchObject({ nesting: 'list', minItems: 0, maxItems: 0 });
  expect(container?.block.blocks.env?.nesting).toBe('set');
  expect(container?.block.attributes.args?.type).toEqual(['list', 'string']);
  expect(container?.block.blocks.resources?.block.attributes.limits?.type).toEqual(['map', 'string']);
  expect(blockOf('google_compute_backend_service').attributes.health_checks?.type).toEqual(['set', 'string']);
});

test('the provider block has its own arguments and not those of cdktf', () => {
  const { attributes, blocks } = providerBlock('6.50.0');
  expect(attributes.default_labels?.type).toEqual(['map', 'string']);
  expect(attributes.alias).toBeUndefined();
  expect(blocks.batching).toMatchObject({ nesting: 'list' });
  expect(blocks.external_credentials?.block.attributes.audience?.required).toBe(true);
});

test('types with a behaviour are served, and other types that the configuration uses', () => {
  const served = Object.keys(servedSchema('6.50.0', []).resource_schemas);
  expect(served).toEqual([...resourceTypes()].sort());
  const more = servedSchema('6.50.0', ['google_pubsub_schema', 'google_no_such_thing', 'google_project']);
  expect(Object.keys(more.resource_schemas)).toContain('google_pubsub_schema');
  expect(Object.keys(more.resource_schemas)).not.toContain('google_no_such_thing');
  expect(Object.keys(more.data_source_schemas)).toEqual(['google_iam_policy', 'google_project']);
});

test('versions and sensitive arguments, which the bindings lack, are added', () => {
  const text = JSON.stringify(servedSchema('6.50.0', []).resource_schemas.google_compute_backend_service);
  expect(text).toMatch(/"version":1/);
  expect(text).toMatch(/"name":"oauth2_client_secret"[^{}]*\{[^{}]*\}[^{}]*"sensitive":true/);
});
