import type { ShownValues } from '../../emulator';
import { InputError } from '../../terraform-json/input-error';
import { readTerraformJson } from '../../terraform-json/terraform-json';
import { inFile, readText } from '../terraform-file';
import type { Change } from './planned';

/** Compares environments with the named states: `FILE` if there is only one environment, else `ENVIRONMENT=FILE`. */
export function withStates(changes: readonly Change[], named: readonly string[] = []): readonly Change[] {
  const states = new Map(named.map((text) => stateFor(text, changes)));
  return changes.map((change) => {
    const state = states.get(change.name);
    // An environment that is gone has no plan, so there is nothing to compare its state with.
    if (state === undefined || change.after === undefined) return change;
    const compares = `Compares ${state.file} with the current ${change.file}; later changes that were not made by Terraform are not seen.`;
    return { ...change, state: state.values, notes: [compares] };
  });
}

function stateFor(
  text: string,
  changes: readonly Change[],
): [name: string, state: { file: string; values: ShownValues }] {
  const names = changes.map(({ name }) => name);
  const [, name = '', path = ''] = /^([^=/\\]+)=(.+)$/s.exec(text) ?? [];
  if (names.includes(name)) return [name, { file: path, values: valuesIn(path) }];
  const [only, ...more] = names;
  if (name !== '' || only === undefined || more.length > 0) {
    const problem =
      name === ''
        ? `${text} is the state of one environment, and there are several`
        : `there is no environment '${name}'`;
    throw new InputError(problem, `write ENVIRONMENT=FILE with one of ${names.join(', ')}`);
  }
  return [only, { file: text, values: valuesIn(text) }];
}

function valuesIn(path: string): ShownValues {
  return inFile(path, () => {
    const text = readText(path).toString();
    const { kind } = readTerraformJson(text);
    if (kind !== 'state') throw new InputError('this is not a state', 'pass `terraform show -json` of a state');
    return JSON.parse(text).values ?? {};
  });
}
