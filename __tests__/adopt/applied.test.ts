import { Cloud, type ObjectValue } from '../../emulator';
import type { Configuration } from '../emulator/harness';
import { InProcess } from '../emulator/in-process';
import { examples, terraformOf } from '../examples/examples';
import { cloudBefore } from '../recordings/recordings';
import { adopted } from './round-trip';

/**
 * Arguments that are not adopted: Cloud Run decides the launch stage; a change of tags replaces the service, so the report names them instead.
 */
const NOT_ADOPTED = ['launch_stage', 'tags'];

/** Examples that have every key of a service between them, besides those of `gpu`. */
const EXAMPLES = examples().filter(({ name }) => ['every-setting', 'trigger-settings', 'gpu'].includes(name));

test.each(EXAMPLES)('the services of $name, adopted from their state, have every argument', ({ name, fromYaml }) => {
  for (const [stack, text] of Object.entries(terraformOf(fromYaml))) {
    const state = applied(name, JSON.parse(text)).show();
    const again = applied(name, adopted(state, stack)).show();
    expect(servicesIn(again)).toEqual(servicesIn(state));
  }
});

function applied(example: string, configuration: Configuration): InProcess {
  const inProcess = new InProcess(new Cloud(structuredClone(cloudBefore(example))));
  inProcess.apply(configuration);
  return inProcess;
}

/** The services of a state by name: the address is made from the key, which an adoption makes from the name. */
function servicesIn({ values }: ReturnType<InProcess['show']>): Record<string, ObjectValue> {
  const services = values.root_module.resources.filter(({ type }) => type === 'google_cloud_run_v2_service');
  return Object.fromEntries(
    services.map(({ values }) => {
      const compared = Object.entries(values).filter(([argument]) => !NOT_ADOPTED.includes(argument));
      return [String(values.name), Object.fromEntries(compared)];
    }),
  );
}
