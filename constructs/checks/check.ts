import type { IConstruct } from 'constructs';
import type { Finding, Severity } from '../core/finding';
import { isToken } from '../core/literal';
import { writtenAt } from '../core/origin';
import { RefusedProp } from '../core/refused-prop';

/** A problem that a check found in its subject. */
export interface Problem {
  /** One sentence with the values found, in lower case and without a full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
  /** The place in the props; undefined for the whole. */
  readonly path?: Finding['path'];
  /** The construct with these props, if it is not the subject itself. */
  readonly subject?: IConstruct;
}

/** A rule for a service, a load balancer or a whole stack. The check, its page in the docs and its test use the same object. */
export interface Check<Subject> {
  /** Code, such as `domain-needs-public-ingress`. */
  readonly code: string;
  /** Whether a finding stops the synth. */
  readonly severity: Severity;
  /** The rule and its reason, for `docs/checks.md`, with the source of the rule. */
  readonly summary: string;
  /** A services.yaml that triggers it. */
  readonly example: string;
  /** The problems of one subject. */
  find(subject: Subject): Iterable<Problem>;
}

/** The findings of a list of checks in a subject. */
export function findProblems<Subject extends object>(
  checks: readonly Check<Subject>[],
  subject: Subject,
  construct: IConstruct,
): Finding[] {
  const findings: Finding[] = [];
  for (const check of checks) {
    for (const problem of known(check, subject)) findings.push(findingOf(check, construct, problem));
  }
  return findings;
}

function findingOf(
  { code, severity }: Check<never>,
  construct: IConstruct,
  { message, remedy, path = [], subject = construct }: Problem,
): Finding {
  return {
    code,
    severity,
    // The text of a token is only a number, which means nothing to a reader.
    ...(isToken(message) || NUMBER_TOKEN.test(message)
      ? { message: 'this is a token, and only Terraform knows its value', remedy: 'write the value itself' }
      : { message, remedy }),
    ...writtenAt({ subject, path }),
  };
}

/** The text of cdktf's number tokens. */
const NUMBER_TOKEN = /\b\d\.\d+e\+[23]\d\d\b/;

/** The items of `find` up to the first read of a refused prop. */
export function untilRefused<T>(find: () => Iterable<T>): T[] {
  const items: T[] = [];
  try {
    for (const item of find()) items.push(item);
  } catch (error) {
    if (!(error instanceof RefusedProp)) throw error;
  }
  return items;
}

/** The problems of a subject, without those that only come from comparing a number token, because its value is not known. */
function known<Subject extends object>(check: Check<Subject>, subject: Subject): Problem[] {
  const problems = untilRefused(() => check.find(subject));
  if (problems.length === 0) return problems;
  const props: unknown = Reflect.get(subject, 'props');
  // A file has no tokens, but may have refused values, which cannot be read.
  const [hasToken = false] = untilRefused(() => [holdsNumberToken(props)]);
  if (!hasToken) return problems;
  const withoutTokens = Object.create(subject, { props: { value: withoutNumberTokens(props) } });
  const places = new Set(Array.from(check.find(withoutTokens), ({ path }) => String(path)));
  return problems.filter(({ path = [] }) => path[0] === 'calls' || places.has(String(path)));
}

function holdsNumberToken(value: unknown): boolean {
  if (typeof value === 'number') return isToken(value);
  if (!isPlain(value)) return false;
  return Object.values(value).some(holdsNumberToken);
}

function withoutNumberTokens(value: unknown): unknown {
  if (typeof value === 'number') return isToken(value) ? undefined : value;
  if (!isPlain(value)) return value;
  if (Array.isArray(value)) return value.map(withoutNumberTokens);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNumberTokens(item)]));
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** The text of a services.yaml with one environment, for the example of a check. */
export function exampleFile(services: string, environment = '', loadBalancers = ''): string {
  const indent = (text: string, by: string) => text.trim().replace(/^/gm, by);
  return [
    'environments:',
    '  prod:',
    '    project: acme-prod',
    '    region: europe-west1',
    ...(environment ? [indent(environment, '    ')] : []),
    'defaults:',
    '  image: europe-docker.pkg.dev/acme/apps/app:1.0.0',
    'services:',
    indent(services, '  '),
    ...(loadBalancers ? ['loadBalancers:', indent(loadBalancers, '  ')] : []),
    '',
  ].join('\n');
}
