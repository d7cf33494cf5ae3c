import { block, shown, type Values } from '../exposure';

/** The secret that an environment variable of a container comes from; undefined where it has a value of its own. */
export function secretOfVariable({ value_source, value_from }: Values): string | undefined {
  const { secret, name, version, key } = block(block(value_source ?? value_from).secret_key_ref);
  const secretName = shown(secret) || shown(name);
  return secretName === '' ? undefined : `secret ${secretName} version ${shown(version) || shown(key)}`;
}

/** The secret that an environment variable of a function comes from. */
export function secretOfFunction({ secret, version }: Values): string {
  return `secret ${shown(secret)} version ${shown(version)}`;
}
