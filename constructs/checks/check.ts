import type { IConstruct } from 'constructs';
import type { Finding, Severity } from '../core/finding';
import { isToken } from '../core/literal';
import { writtenAt } from '../core/origin';
import { RefusedProp } from '../core/refused-prop';

/** What a check has to say of its subject. */
export interface Problem {
  /** One sentence with the values that were seen: lower case, no full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
  /** Where in the props; left out for the whole. */
  readonly path?: Finding['path'];
  /** The construct whose props they are, when it is not the subject itself. */
  readonly subject?: IConstruct;
}

/** A rule over a service or a whole stack. The code, its page in the docs and its test are made of the same object. */
export interface Check<Subject> {
  /** Code, such as `domain-needs-public-ingress`. */
  readonly code: string;
  /** Whether a finding stops the synth. */
  readonly severity: Severity;
  /** What the check holds and why, for `docs/checks.md`; with the source of the rule. */
  readonly summary: string;
  /** A services.yaml that triggers it. */
  readonly example: string;
  /** The problems of one subject. */
  find(subject: Subject): Iterable<Problem>;
}

/** What a list of checks finds in a subject. */
export function findProblems<Subject extends object>(
  checks: readonly Check<Subject>[],
  subject: Subject,
  construct: IConstruct,
): Finding[] {
  return checks.flatMap((check) =>
    known(check, subject).map(({ message, remedy, path = [], subject: named = construct }) => ({
      code: check.code,
      severity: check.severity,
      // The text of a token says nothing to anybody: a number.
      ...(isToken(message) || NUMBER_TOKEN.test(message)
        ? { message: 'this stands for a value that is known to Terraform alone', remedy: 'write the value itself' }
        : { message, remedy }),
      ...writtenAt({ subject: named, path }),
    })),
  );
}

/** How cdktf writes a token that stands for a number. */
const NUMBER_TOKEN = /\b\d\.\d+e\+[23]\d\d\b/;

/** What there is before a prop is read whose value was refused. */
export function* untilRefused<T>(find: () => Iterable<T>): Iterable<T> {
  try {
    yield* find();
  } catch (error) {
    if (!(error instanceof RefusedProp)) throw error;
  }
}

/** The problems of a subject that do not come of comparing a token, of whose value nothing can be said. */
function known<Subject extends object>(check: Check<Subject>, subject: Subject): Problem[] {
  const problems = [...untilRefused(() => check.find(subject))];
  const props: unknown = Reflect.get(subject, 'props');
  // A file has no tokens, but may have values that were refused, which can not be read.
  const [hasToken = false] = untilRefused(() => [problems.length > 0 && holdsNumberToken(props)]);
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

/** The text of a services.yaml with one environment: what the example of a check needs and nothing else. */
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
