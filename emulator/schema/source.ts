import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The generated TypeScript of one binding, from the source map at the end of its compiled file. It is read as text and never run:
 * loading the bindings takes seconds, and the compiled code lacks the comments with the schema.
 */
export function bindingSource(folder: string): string | undefined {
  const file = join(bindings(), 'lib', folder, 'index.js');
  if (!existsSync(file)) return undefined;
  const compiled = readFileSync(file, 'utf8');
  const map = JSON.parse(Buffer.from(compiled.slice(compiled.lastIndexOf('base64,') + 7), 'base64').toString('utf8'));
  return map.sourcesContent[0];
}

/** `google_cloud_run_v2_service` is in the folder `cloud-run-v2-service`, the data source in `data-google-cloud-run-v2-service`. */
export function bindingFolder(kind: 'resource' | 'data', type: string): string {
  const words = type.replace(/^google_/, '').replaceAll('_', '-');
  return kind === 'data' ? `data-google-${words}` : words;
}

/** The google provider's version of the installed bindings. */
export function boundProviderVersion(): string {
  const version = /providerVersion: '([^']+)'/.exec(bindingSource('project-service') ?? '')?.[1];
  return version ?? 'unknown';
}

function bindings(): string {
  return dirname(require.resolve('@cdktf/provider-google/package.json'));
}
