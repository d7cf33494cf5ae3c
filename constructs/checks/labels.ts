import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile, type Problem } from './check';
import type { StackContents } from './stack-contents';

const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
/** Google Cloud, "Requirements for labels". */
const LABEL_BYTES = 128;
const MAX_LABELS = 64;
/** The provider adds `goog-terraform-provisioned` to what it creates. */
const LABELS_OF_PROVIDER = 1;
const RESERVED_PREFIX =
  /^(?:[\w.-]+\.)?(?:run\.googleapis\.com|cloud\.googleapis\.com|serving\.knative\.dev|autoscaling\.knative\.dev)\//;
/** Kubernetes, "Annotations": an optional DNS name and a slash, and a name. */
const ANNOTATION_KEY = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;

/** Labels and annotations of a service. */
export const labelChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'label-syntax',
    severity: 'error',
    summary:
      'A label has a key of at most 63 lower-case letters, digits, dashes and underscores, beginning with a letter, and a value of the same characters (Google Cloud, "Requirements for labels").',
    example: exampleFile('api: {labels: {Team: Payments}}'),
    *find({ props }) {
      yield* labelProblems(props.labels);
    },
  },
  {
    code: 'label-count',
    severity: 'error',
    summary: `A service has at most ${MAX_LABELS} labels, its environment's and the provider's own \`goog-terraform-provisioned\` included (Google Cloud, "Requirements for labels").`,
    example: exampleFile(
      `api:\n  labels:\n${Array.from({ length: MAX_LABELS }, (_, i) => `    label-${i}: x`).join('\n')}`,
    ),
    *find({ props, environment }) {
      const names = Object.keys({ ...environment.props.labels, ...props.labels });
      const count = names.length + LABELS_OF_PROVIDER;
      if (count <= MAX_LABELS) return;
      const message = `the service has ${count} labels, the provider's own and those of its environment included`;
      yield { path: ['labels'], message, remedy: `use at most ${MAX_LABELS - LABELS_OF_PROVIDER} of your own` };
    },
  },
  {
    code: 'annotation-key',
    severity: 'error',
    summary:
      'An annotation has a key of at most 63 letters, digits and `-_.`, which may have a DNS name and a slash in front (Kubernetes, "Annotations").',
    example: exampleFile('api: {annotations: {owned by: payments}}'),
    *find({ props }) {
      for (const [key] of sortedEntries(props.annotations)) {
        if (ANNOTATION_KEY.test(key)) continue;
        const remedy = "write it like 'team' or 'example.com/team'";
        yield { path: ['annotations', key], message: `'${key}' is not the key of an annotation`, remedy };
      }
    },
  },
  {
    code: 'reserved-annotation',
    severity: 'error',
    summary:
      "Annotations and labels under Google's own prefixes are refused by the API (provider documentation, `annotations`). services.yaml has keys for them.",
    example: exampleFile('api: {annotations: {run.googleapis.com/ingress: internal}}'),
    *find({ props }) {
      for (const map of ['annotations', 'labels'] as const) {
        for (const [key] of sortedEntries(props[map])) {
          if (!RESERVED_PREFIX.test(key)) continue;
          yield {
            path: [map, key],
            message: `'${key}' is reserved for Google`,
            remedy: 'use the key of services.yaml for the same setting',
          };
        }
      }
    },
  },
];

/** Labels of a whole environment. */
export const environmentLabelChecks: readonly Check<StackContents>[] = [
  {
    code: 'environment-labels',
    severity: 'error',
    summary: 'The labels of an environment become labels of its services, so the same rules apply.',
    example: exampleFile('api: {}', 'labels: {Team: Payments, run.googleapis.com/x: y}'),
    *find({ props: { labels } }) {
      yield* labelProblems(labels);
      for (const [key] of sortedEntries(labels)) {
        if (!RESERVED_PREFIX.test(key)) continue;
        yield { path: ['labels', key], message: `'${key}' is reserved for Google`, remedy: 'use another key' };
      }
    },
  },
];

function* labelProblems(labels: Readonly<Record<string, string>> | undefined): Iterable<Problem> {
  for (const [key, value] of sortedEntries(labels)) {
    if (RESERVED_PREFIX.test(key)) continue;
    const wrong = !isLabelPart(key, LABEL_KEY) ? key : !isToken(value) && !isLabelPart(value, LABEL_VALUE) && value;
    if (wrong === false) continue;
    yield {
      path: ['labels', key],
      message: `'${wrong}' cannot be used in a label`,
      remedy: 'use lower-case letters, digits, dashes and underscores, at most 63',
    };
  }
}

function isLabelPart(text: string, pattern: RegExp): boolean {
  return pattern.test(text) && Buffer.byteLength(text) <= LABEL_BYTES;
}
