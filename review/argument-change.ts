import { type Change, isNotSet, isValues, Unknown, type Value, type Values } from '../exposure';
import { series, withoutEchoes } from './wording';

/** More characters of one side of a change than these are cut. */
const MOST_CHARACTERS = 120;

/** The arguments that differ, each with what was before and what comes after: "ingress internal → all". */
export function argumentChanges(
  { before, after, changed }: Change,
  isTold: (path: string) => boolean = () => true,
): readonly string[] {
  return withoutEchoes(changed.filter(isTold)).map((path) => {
    const [from, to] = [valueWords(valuesAt(before?.values, path)), valueWords(valuesAt(after?.values, path))];
    return from === to ? path : `${path} ${from} → ${to}`;
  });
}

/** What a path of argument names leads to, in every block of the lists on its way. */
function valuesAt(values: Values | undefined, path: string): readonly Value[] {
  let found: readonly Value[] = [values];
  let rest = path;
  while (rest !== '' && found.length > 0) {
    // The keys of labels and annotations have dots of their own.
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
  const said = values.filter((value) => !isNotSet(value) || value === false || value === 0);
  const words = series(said.map(oneWord));
  return words === '' ? 'none' : words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}

/** Numbers, names and flags as they are; a block by what is set in it. */
function oneWord(value: Value): string {
  if (value instanceof Unknown) return value.text;
  if (Array.isArray(value)) return series(value.map(oneWord));
  if (!isValues(value)) return String(value);
  const set = Object.entries(value).filter(([, member]) => !isNotSet(member));
  return `{${set.map(([name, member]) => `${name}: ${oneWord(member)}`).join(', ')}}`;
}
