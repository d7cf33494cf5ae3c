import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { CloudData } from '../../emulator';

/** The output of the real google provider for one stack of an example; `README.md` says how it was recorded. */
export interface Recording {
  /** The text of the example's services.yaml. */
  readonly services: string;
  /** The stack's `cdk.tf.json` as Terraform got it. */
  readonly configuration: {
    readonly terraform: { readonly required_providers: object };
    readonly variable?: object;
    readonly provider: { readonly google: readonly { readonly project: string }[] };
    readonly [block: string]: unknown;
  };
  /** `terraform show -json` of the plan on an empty state. */
  readonly created: RecordedPlan;
  /** `terraform show -json` of the state right after that plan was applied, before any refresh. */
  readonly state: RecordedState;
  /** The plan of the same configuration right after the apply. */
  readonly replan: RecordedPlan;
  /** By name: a services.yaml with one change, what it synthesizes to, and its plan on the state above. */
  readonly changes: {
    readonly [name: string]: Pick<Recording, 'services' | 'configuration'> & { readonly plan: RecordedPlan };
  };
}

export interface RecordedPlan {
  readonly resource_changes: readonly RecordedChange[];
  readonly resource_drift?: readonly RecordedChange[];
  readonly [member: string]: unknown;
}

/** A `resource_changes` entry as Terraform writes it. */
export interface RecordedChange {
  readonly address: string;
  readonly type: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown: unknown;
    readonly before_sensitive: unknown;
    readonly after_sensitive: unknown;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export interface RecordedState {
  readonly values: {
    readonly root_module: {
      readonly resources: readonly {
        readonly address: string;
        readonly type: string;
        readonly values: Values;
        readonly sensitive_values: unknown;
      }[];
    };
  };
  readonly [member: string]: unknown;
}

export interface Values {
  readonly [argument: string]: unknown;
}

/** A stack that was recorded. */
export interface RecordedStack {
  /** Of the provider: `6.50.0`. */
  readonly version: string;
  readonly example: string;
  readonly stack: string;
  /** Unpacks the recording: about a megabyte of JSON, not kept. */
  load(): Recording;
}

/** The versions of the provider that recordings are of. */
export const VERSIONS = readdirSync(__dirname)
  .flatMap((name) => /^google-(.+)$/.exec(name)?.[1] ?? [])
  .sort();

/** Every recorded stack of a version, by example and stack. */
export function recordedStacks(version: string): RecordedStack[] {
  const folder = join(__dirname, `google-${version}`);
  if (!existsSync(folder)) throw new Error(`nothing is recorded of ${version}, only of ${VERSIONS.join(', ')}`);
  return readdirSync(folder)
    .sort()
    .flatMap((example) =>
      readdirSync(join(folder, example))
        .sort()
        .map((file) => ({
          version,
          example,
          stack: file.replace(/\.json\.br$/, ''),
          load: () => JSON.parse(brotliDecompressSync(readFileSync(join(folder, example, file))).toString('utf8')),
        })),
    );
}

/**
 * The resources in the cloud before a stack of an example is applied: the data of the emulator's cloud file.
 * The mock had the same resources when the real provider was recorded.
 */
export function cloudBefore(example: string): Partial<CloudData> {
  return JSON.parse(readFileSync(join(__dirname, 'before.json'), 'utf8'))[example] ?? {};
}
