import type { ProviderSettings } from './behaviour';
import { Refusal } from './errors';
import { isZero, type ObjectValue } from './protocol/values';
import type { Block } from './schema';

/**
 * `deletion_policy`, an argument of nearly every resource since version 7.33 of the provider. The provider does not send it to the API.
 * The default is the provider block's value, or `DELETE`.
 */
const ARGUMENT = 'deletion_policy';

export function virtualArguments(block: Block): readonly string[] {
  return ARGUMENT in block.attributes ? [ARGUMENT] : [];
}

export function planDeletionPolicy(
  block: Block,
  planned: ObjectValue,
  wanted: ObjectValue,
  provider: ProviderSettings,
): void {
  if (ARGUMENT in block.attributes && isZero(wanted[ARGUMENT])) planned[ARGUMENT] = policyOf({}, provider);
}

/** Adds the argument to a state that an earlier version or an import wrote without it. */
export function readDeletionPolicy(block: Block, state: ObjectValue, provider: ProviderSettings): void {
  if (ARGUMENT in block.attributes) state[ARGUMENT] = policyOf(state, provider);
}

/** Whether a deletion only removes the object from the state. Throws if the policy prevents the deletion. */
export function isAbandoned(type: string, state: ObjectValue): boolean {
  if (state[ARGUMENT] !== 'PREVENT') return state[ARGUMENT] === 'ABANDON';
  const name = type.replace(/(^google)?_([a-z])/g, (_, _google, letter: string) => letter.toUpperCase());
  throw new Refusal(`cannot destroy ${name} without setting deletion_policy="DELETE" and running \`terraform apply\``);
}

function policyOf(state: ObjectValue, provider: ProviderSettings): string {
  return String(state[ARGUMENT] || provider.deletionPolicy || 'DELETE');
}
