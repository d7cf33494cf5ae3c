import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { PlanReview, Source } from '../review';
import type { StackSources } from '../services-yaml';

/** The file beside a stack with the places in services.yaml that make its resources. */
const SOURCES = 'sources.json';

/** Places are `line:column`, both from 1. */
interface SourcesJson {
  /** The path of services.yaml, relative to the folder of this file. */
  readonly file: string;
  readonly stack: string;
  /** The places by address. */
  readonly resources: Readonly<Record<string, string>>;
}

/** Writes the file beside a stack, with the same bytes in every checkout. */
export function writeSources(stackFolder: string, servicesFile: string, { stack, resources }: StackSources): void {
  const written = (place: StackSources['stack']) => `${place.line}:${place.column}`;
  const sorted = [...resources].sort(([a], [b]) => (a < b ? -1 : 1));
  const json: SourcesJson = {
    file: relative(stackFolder, servicesFile).replaceAll('\\', '/'),
    stack: written(stack),
    resources: Object.fromEntries(sorted.map(([address, place]) => [address, written(place)])),
  };
  writeFileSync(join(stackFolder, SOURCES), `${JSON.stringify(json, null, 2)}\n`);
}

/** Finds the source of the first address that has one, else that of the stack. */
type FindSource = (addresses: readonly string[]) => Source;

/** Reads the file beside a stack; undefined if there is none, or it has another form. */
function readSources(stackFolder: string): FindSource | undefined {
  const path = join(stackFolder, SOURCES);
  if (!existsSync(path)) return undefined;
  const json = parsed(readFileSync(path, 'utf8'));
  if (json === undefined) return undefined;
  const file = inRepository(resolve(stackFolder, json.file));
  return (addresses) => {
    const made = addresses.find((address) => Object.hasOwn(json.resources, address));
    return { file, ...placeOf(made === undefined ? json.stack : json.resources[made]) };
  };
}

/** The path of a file in its repository, as GitHub and GitLab need it; else the path from the working directory. */
export function inRepository(path: string): string {
  const absolute = resolve(path);
  let folder = dirname(absolute);
  while (!existsSync(join(folder, '.git'))) {
    if (dirname(folder) === folder) return relative('.', absolute).replaceAll('\\', '/');
    folder = dirname(folder);
  }
  return relative(folder, absolute).replaceAll('\\', '/');
}

function parsed(text: string): SourcesJson | undefined {
  try {
    const { file, stack, resources } = JSON.parse(text);
    return typeof file === 'string' && resources !== null && typeof resources === 'object'
      ? { file, stack: String(stack), resources }
      : undefined;
  } catch {
    return undefined;
  }
}

function placeOf(written: unknown): { readonly line: number; readonly column: number } {
  const [, line = '1', column = '1'] = /^([1-9]\d{0,8}):([1-9]\d{0,8})$/.exec(String(written)) ?? [];
  return { line: Number(line), column: Number(column) };
}

/** A review with the source of each finding, from the file beside the stack. */
export function withSources(review: PlanReview, stackFolder: string): PlanReview {
  const sourceOf = readSources(stackFolder);
  if (sourceOf === undefined) return review;
  const findings = review.findings.map((finding) => ({
    ...finding,
    source: sourceOf([...finding.causes, finding.address]),
  }));
  return { ...review, findings };
}
