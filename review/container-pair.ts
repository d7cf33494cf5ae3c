import { shown, type Values } from '../exposure';

/** The containers of a service that stay, before and after: matched by name, or by position where a name is missing. */
export function pairContainers(
  before: readonly Values[],
  after: readonly Values[],
): readonly (readonly [Values, Values])[] {
  return after.flatMap((fresh, place) => {
    const name = shown(fresh.name);
    const named = name === '' ? undefined : before.find((old) => shown(old.name) === name);
    const placed = before[place];
    // One of the two sides may leave the name to Cloud Run.
    const old = named ?? (placed && (name === '' || shown(placed.name) === '') ? placed : undefined);
    return old ? [[old, fresh] as const] : [];
  });
}
