import { didYouMean } from '../constructs/core/nearest';
import { explain } from '../services-yaml/load/explain';
import { dotted, type Path } from '../services-yaml/load/path';
import type { Problem } from '../services-yaml/load/problem';
import { problemsToPrint } from '../services-yaml/load/problems-to-print';
import { readYaml, type YamlFile } from '../services-yaml/load/yaml-file';
import { type JsonSchema, NOT_BLANK } from '../services-yaml/schema/json-schema';
import { type AcceptedFinding, type AcceptedWarning, isDay } from './entry';

/** The names that entries may contain. */
export interface Acceptable {
  /** The rules of `review`. */
  readonly rules: () => readonly string[];
  /** The codes of the checks that warn. */
  readonly warnings: () => readonly string[];
}

/** The entries of accepted.yaml, and its problems. */
export interface Accepted {
  readonly findings: readonly AcceptedFinding[];
  readonly warnings: readonly AcceptedWarning[];
  readonly problems: readonly Problem[];
}

/** The rule that no entry can accept: the changes that an incomplete plan leaves out are not known. Only --allow-incomplete lets it pass. */
export const NOT_ACCEPTABLE = 'incomplete-plan';

const TEXT: JsonSchema = { type: 'string', pattern: NOT_BLANK };
const END = { reason: TEXT, until: TEXT };

const SCHEMA: JsonSchema = {
  type: 'array',
  items: {
    anyOf: [
      {
        type: 'object',
        properties: {
          rule: TEXT,
          address: TEXT,
          plan: TEXT,
          what: { anyOf: [TEXT, { type: 'array', minItems: 1, items: TEXT }] },
          ...END,
        },
        required: ['rule', 'address', 'reason', 'until'],
        additionalProperties: false,
      },
      {
        type: 'object',
        properties: { warning: TEXT, path: TEXT, ...END },
        required: ['warning', 'path', 'reason', 'until'],
        additionalProperties: false,
      },
    ],
  },
};

/** The entries as they are written. */
type Written =
  | (Omit<AcceptedFinding, 'place' | 'what'> & { readonly what?: string | readonly string[] })
  | Omit<AcceptedWarning, 'place'>;

/** Reads accepted.yaml. If the file has problems, all of them are reported and no entry is used. */
export function readAccepted(text: string, acceptable: Acceptable): Accepted {
  if (isBlank(text)) return { findings: [], warnings: [], problems: [] };
  const file = readYaml(text);
  const faults = explain(SCHEMA, file.value, [], file.textOf);
  const problems = [
    ...file.problems,
    ...faults.map(({ path, at, message }) =>
      problem(message, at === 'value' ? file.placeOf(path) : file.placeOfKey(path), path),
    ),
  ];
  const entries: readonly Written[] = Array.isArray(file.value) && problems.length === 0 ? file.value : [];
  const faulty = new Set(faults.map(({ path }) => path[0]));
  const readable: readonly unknown[] = Array.isArray(file.value) && file.problems.length === 0 ? file.value : [];
  const wrong = [
    ...problems,
    // Entries of the right form are checked even if another entry has a fault, so that all mistakes are reported at once.
    ...readable.flatMap((entry, index) =>
      faulty.has(index) ? [] : wrongEntry(entry as Written, index, file, acceptable),
    ),
    ...duplicates(entries, file),
  ];
  if (wrong.length > 0) return { findings: [], warnings: [], problems: problemsToPrint(wrong) };
  const placed = entries.map((entry, index) => ({ ...entry, place: file.placeOf([index]) }));
  return {
    findings: placed.flatMap((entry) =>
      'rule' in entry ? [{ ...entry, what: typeof entry.what === 'string' ? [entry.what] : entry.what }] : [],
    ),
    warnings: placed.flatMap((entry) => ('warning' in entry ? [entry] : [])),
    problems: [],
  };
}

/** Whether a file holds only comments, as after the removal of its last entry. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
}

function wrongEntry(entry: Written, index: number, file: YamlFile, { rules, warnings }: Acceptable): Problem[] {
  const at = (key: string, message: string) => problem(message, file.placeOf([index, key]), [index, key]);
  const problems: Problem[] = [];
  if ('rule' in entry)
    problems.push(...wrongName(entry.rule, rules()).map((words) => at('rule', `there is no rule ${words}`)));
  else
    problems.push(
      ...wrongName(entry.warning, warnings()).map((words) => at('warning', `no check warns with ${words}`)),
    );
  if ('rule' in entry && entry.rule === NOT_ACCEPTABLE)
    problems.push(
      at('rule', `'${NOT_ACCEPTABLE}' cannot be accepted: what is left out is not known; run with --allow-incomplete`),
    );
  if (!isDay(entry.until)) problems.push(at('until', `'${entry.until}' is not a date: write YYYY-MM-DD`));
  return problems;
}

function wrongName(name: string, known: readonly string[]): string[] {
  return known.includes(name) ? [] : [`'${name}'${didYouMean(name, known)}`];
}

function duplicates(entries: readonly Written[], file: YamlFile): Problem[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    const key =
      'rule' in entry ? ['rule', entry.rule, entry.address, entry.plan] : ['warning', entry.warning, entry.path];
    const before = first.get(JSON.stringify(key));
    if (before === undefined) {
      first.set(JSON.stringify(key), index);
      return [];
    }
    const line = file.placeOf([before]).line;
    return [
      problem(`accepts the same as the entry in line ${line}: write one of them`, file.placeOf([index]), [index]),
    ];
  });
}

function problem(message: string, place: Problem['place'], path: Path): Problem {
  return { severity: 'error', place, path: dotted(path), message };
}
