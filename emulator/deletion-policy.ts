import type { ProviderSettings } from './behaviour';
import { Refusal } from './errors';
import { isZero, type ObjectValue } from './protocol/values';
import type { Block } from './schema';

/**
 * `deletion_policy`, which nearly every resource has since version 7.33 of the provider. The API never hears of it; what is not set is
 * `DELETE`, or what the provider block says.
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

/** A state that was written without it, by an earlier version or an import, gets it when it is read. */
export function readDeletionPolicy(block: Block, state: ObjectValue, provider: ProviderSettings): void {
  if (ARGUMENT in block.attributes) state[ARGUMENT] = policyOf(state, provider);
}

/** Whether a deletion only takes the object out of Terraform's state; refuses one that is prevented. */
export function isAbandoned(type: string, state: ObjectValue): boolean {
  if (state[ARGUMENT] !== 'PREVENT') return state[ARGUMENT] === 'ABANDON';
  const name = type.replace(/(^google)?_([a-z])/g, (_, _google, letter: string) => letter.toUpperCase());
  throw new Refusal(`cannot destroy ${name} without setting deletion_policy="DELETE" and running \`terraform apply\``);
}

function policyOf(state: ObjectValue, provider: ProviderSettings): string {
  return String(state[ARGUMENT] || provider.deletionPolicy || 'DELETE');
}
