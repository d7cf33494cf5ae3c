import type { TerraformProvider, TerraformStack } from 'cdktf';

/** The google provider's version in a stack that sets none. */
export const DEFAULT_GOOGLE_PROVIDER = '7.45.0';

type Version = readonly [major: number, minor: number, patch: number];

const FIRST: Version = [0, 0, 0];
const ENDLESS: Version = [Number.POSITIVE_INFINITY, 0, 0];

/** The versions of the google provider that a constraint allows. */
export class GoogleProviderVersions {
  private constructor(
    /** The constraint as it was written. */
    readonly constraint: string,
    /** Whether Terraform would understand it. */
    readonly isUnderstood: boolean,
    private readonly from: Version,
    private readonly below: Version,
  ) {}

  /** Reads a constraint as Terraform does: `7.45.0`, `~> 7.44`, `>= 7.44, < 9`. A constraint in another form allows every version. */
  static parse(constraint: string): GoogleProviderVersions {
    const ranges = constraint.split(',').map(rangeOf);
    const isUnderstood = ranges.every((range) => range !== undefined);
    const [from, below] = isUnderstood ? ranges.reduce(intersection, [FIRST, ENDLESS]) : [FIRST, ENDLESS];
    return new GoogleProviderVersions(constraint, isUnderstood, from, below);
  }

  /** Whether all of the versions are this one or later. */
  isAtLeast(version: string): boolean {
    return !isBefore(this.from, parts(version));
  }

  /** Whether some of the versions are this one or later. */
  reaches(version: string): boolean {
    return isBefore(parts(version), this.below);
  }
}

/** Versions from `from` on, and below `below`. */
type Range = readonly [from: Version, below: Version];

const CONDITION = /^\s*(=|!=|>=|<=|>|<|~>)?\s*v?((\d+)(?:\.(\d+))?(?:\.(\d+))?)\s*$/;

function rangeOf(condition: string): Range | undefined {
  const [, operator = '=', version, major, minor, patch] = CONDITION.exec(condition) ?? [];
  if (version === undefined) return undefined;
  const named = parts(version);
  const next: Version = [named[0], named[1], named[2] + 1];
  if (operator === '!=') return [FIRST, ENDLESS];
  if (operator === '>=') return [named, ENDLESS];
  if (operator === '>') return [next, ENDLESS];
  if (operator === '<') return [FIRST, named];
  if (operator === '<=') return [FIRST, next];
  if (operator === '=') return [named, next];
  // `~>` allows a greater last number.
  if (minor === undefined) return [named, ENDLESS];
  return [named, patch === undefined ? [Number(major) + 1, 0, 0] : [Number(major), Number(minor) + 1, 0]];
}

function intersection(a: Range, b: Range = [FIRST, ENDLESS]): Range {
  return [isBefore(a[0], b[0]) ? b[0] : a[0], isBefore(a[1], b[1]) ? a[1] : b[1]];
}

function parts(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

function isBefore(a: Version, b: Version): boolean {
  const different = a.findIndex((part, index) => part !== b[index]);
  return different >= 0 && (a[different] as number) < (b[different] as number);
}

interface Overrides {
  readonly terraform?: { readonly required_providers?: { readonly google?: { readonly version?: string } } };
}

/**
 * The constraint of an app's own stack: its override, or else the version in the bindings' metadata. cdktf has no public way to
 * read an override.
 */
export function constraintOf(stack: TerraformStack, provider: TerraformProvider): string | undefined {
  const { rawOverrides } = stack as unknown as { readonly rawOverrides?: Overrides };
  const overridden = rawOverrides?.terraform?.required_providers?.google?.version;
  const metadata = provider.terraformGeneratorMetadata;
  return overridden ?? metadata?.providerVersion ?? metadata?.providerVersionConstraint;
}
