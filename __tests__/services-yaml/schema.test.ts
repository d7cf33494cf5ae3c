import Ajv from 'ajv';
import { servicesSchema } from '../../services-yaml';
import { definition } from '../../services-yaml/schema/schema';

const layer = definition('CloudRunServicePropsLayer');
const service = definition('CloudRunServiceProps');

test('ajv accepts the schema in strict mode, with the keywords that carry gcloud flags and Terraform arguments', () => {
  const ajv = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true });
  ajv.addVocabulary(['gcloud', 'terraform', 'defaultText']);
  expect(() => ajv.compile(servicesSchema)).not.toThrow();
});

test('in a layer every key is optional and may be null', () => {
  expect(Object.keys(layer.properties ?? {})).toEqual(Object.keys(service.properties ?? {}));
  expect(layer.required).toBeUndefined();
  for (const schema of Object.values(layer.properties ?? {})) expect(schema.anyOf?.at(-1)).toEqual({ type: 'null' });
});

test('a merged service has an image', () => {
  expect(service.required).toEqual(['image']);
});

test('a default that is a JSON value is one for editors to insert; one in words is only shown', () => {
  const { port, name, memory } = service.properties ?? {};
  expect(port).toMatchObject({
    default: 8080,
    gcloud: '--port',
    terraform: 'template.containers.ports.container_port',
  });
  expect(name).toMatchObject({ defaultText: "the service's key" });
  expect(name?.description).toMatch(/\n\nDefault: the service's key$/);
  for (const schema of [name, memory]) expect(schema).not.toHaveProperty('default');
});

test('every key of a service has a description', () => {
  for (const schema of Object.values(service.properties ?? {})) expect(schema.description).toMatch(/\w/);
});
