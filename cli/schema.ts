import { Command } from 'commander';
import { servicesSchema } from '../services-yaml/schema/schema';

/** `schema`: the JSON Schema of services.yaml, for editors. */
export function schemaCommand(): Command {
  return new Command('schema').description('print the JSON Schema of services.yaml').action(() => {
    console.log(JSON.stringify(servicesSchema, null, 2));
  });
}
