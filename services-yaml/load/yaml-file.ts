import { LineCounter, type ParsedNode, parseDocument, type YAMLError } from 'yaml';
import type { Path } from './path';
import type { Place, Problem } from './problem';
import { NodeFinder } from './yaml-node-finder';
import { UNKNOWN_TAG, YamlReader } from './yaml-reader';

/** A YAML file as plain data, with the place of every value. */
export interface YamlFile {
  /** The data; undefined if the file is not YAML. */
  readonly value: unknown;
  /** The YAML errors of the file. */
  readonly problems: readonly Problem[];
  /** The place of the value at `path`, or of the nearest one around it. */
  placeOf(path: Path): Place;
  /** The place of the key that `path` ends with, or of the nearest one around it. */
  placeOfKey(path: Path): Place;
  /** The place to show: for a list or map the place of its key, else the place of the value. */
  placeOfEntry(path: Path): Place;
  /** The scalar at `path`, as it is written in the file. */
  textOf(path: Path): string | undefined;
}

/** Reads YAML 1.2 with anchors and merge keys. Scalars are strings, numbers, booleans and null. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    // YamlReader finds duplicates. The parser is slow at it: it compares all pairs of keys.
    uniqueKeys: false,
  });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const syntax = syntaxProblems([...document.errors, ...document.warnings], place);
  const contents = document.contents as ParsedNode | null;
  if (syntax.length > 0) return unreadable(syntax);
  if (contents === null) return unreadable([{ severity: 'error', place: START, path: '', message: EMPTY }]);
  const reader = new YamlReader(place);
  const value = reader.read(contents, []);
  const finder = new NodeFinder(contents, reader.targets);
  const placeOf = (path: Path) => place(finder.find(path).value.range[0]);
  const placeOfKey = (path: Path) => place((finder.find(path).key ?? finder.find(path).value).range[0]);
  const textOf = (path: Path) => finder.find(path).text;
  const placeOfEntry = (path: Path) => (textOf(path) === undefined ? placeOfKey(path) : placeOf(path));
  return { value, problems: reader.problems, placeOf, placeOfKey, placeOfEntry, textOf };
}

function unreadable(problems: readonly Problem[]): YamlFile {
  const nowhere = () => START;
  return {
    value: undefined,
    problems,
    placeOf: nowhere,
    placeOfKey: nowhere,
    placeOfEntry: nowhere,
    textOf: () => undefined,
  };
}

const START: Place = { line: 1, column: 1 };
const EMPTY = 'the file is empty: write at least environments and services';

/** One problem for each line: errors later in the line mostly follow from the first. */
function syntaxProblems(errors: readonly YAMLError[], place: (offset: number) => Place): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const error of errors) {
    const at = place(error.pos[0]);
    if (!byLine.has(at.line)) {
      byLine.set(at.line, { severity: 'error', place: at, path: '', message: syntaxMessage(error) });
    }
  }
  return [...byLine.values()];
}

const MESSAGES: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'a tab indents this line: use spaces',
  MULTIPLE_DOCS: 'a second document begins here: write one document',
  RESOURCE_EXHAUSTION: 'nested too deeply to be read',
  BLOCK_AS_IMPLICIT_KEY:
    'a second key in one line: put it into a line of its own, or quote a value that has a colon in it',
  TAG_RESOLVE_FAILED: UNKNOWN_TAG,
};

/** The parser's messages may end with a token of the file, which may be a secret. */
function syntaxMessage(error: YAMLError): string {
  const message = error.message.replace(/: .*$/s, '').replace(/\.$/, '');
  return MESSAGES[error.code] ?? `not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
