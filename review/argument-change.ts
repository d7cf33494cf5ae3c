import { type Change, isNotSet, isValues, Unknown, type Value, type Values } from '../exposure';
import { series, withoutComputed } from './wording';

/** How many characters of each side of a change are shown. */
const MOST_CHARACTERS = 120;

/** The arguments that differ, each with its value before and after: "ingress internal → all". */
export function argumentChanges(
  { before, after, changed }: Change,
  isReported: (path: string) => boolean = () => true,
): readonly string[] {
  return withoutComputed(changed.filter(isReported)).map((path) => {
    const [from, to] = [valueWords(valuesAt(before?.values, path)), valueWords(valuesAt(after?.values, path))];
    return from === to ? path : `${path} ${from} → ${to}`;
  });
}

/** The values at a path of argument names, in every block of the lists that the path passes. */
function valuesAt(values: Values | undefined, path: string): readonly Value[] {
  let found: readonly Value[] = [values];
  let rest = path;
  while (rest !== '' && found.length > 0) {
    // The keys of labels and annotations contain dots.
    const whole = found.flatMap((value) => (isValues(value) && rest in value ? [value[rest]] : []));
    if (whole.length > 0) return whole.flatMap(elements);
    const step = rest.split('.')[0] ?? '';
    rest = rest.slice(step.length + 1);
    found = found.flatMap((value) =>
      value instanceof Unknown ? [value] : isValues(value) ? elements(value[step]) : [],
    );
  }
  return found;
}

function elements(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value];
}

function valueWords(values: readonly Value[]): string {
  const set = values.filter((value) => !isNotSet(value) || value === false || value === 0);
  const words = series(set.map(oneWord));
  return words === '' ? 'none' : words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}

/** Numbers, names and flags as they are; of a block, the arguments that are set. */
function oneWord(value: Value): string {
  if (value instanceof Unknown) return value.text;
  if (Array.isArray(value)) return series(value.map(oneWord));
  if (!isValues(value)) return String(value);
  const set = Object.entries(value).filter(([, member]) => !isNotSet(member));
  return `{${set.map(([name, member]) => `${name}: ${oneWord(member)}`).join(', ')}}`;
}
