import { type Check, exampleFile } from './check';
import type { StackContents } from './stack-contents';

const REMEDY = "write '7.45.0', '~> 7.44' or '6.50.0'";
const AT = { path: ['googleProvider'], remedy: REMEDY };

/** The stack's version of the google provider. */
export const googleProviderChecks: readonly Check<StackContents>[] = [
  {
    code: 'google-provider-constraint',
    severity: 'error',
    summary: '`googleProvider` is a version, or a constraint that Terraform understands.',
    example: exampleFile('api: {}', 'googleProvider: latest'),
    *find({ googleProvider: { constraint, isUnderstood } }) {
      if (!isUnderstood) yield { ...AT, message: `'${constraint}' is not a version of the google provider` };
    },
  },
  {
    code: 'google-provider-too-old',
    severity: 'error',
    summary:
      'The stack needs version 6.50 of the google provider, or 7.44 and later. Before 6.50 arguments are missing, and with 7.0 to 7.43 the scaling of a service is a difference in every plan (the changelog of 7.13, 7.15 and 7.44).',
    example: exampleFile('api: {}', 'googleProvider: 7.30.0'),
    *find({ googleProvider }) {
      const { constraint, isUnderstood } = googleProvider;
      if (!isUnderstood || googleProvider.isAtLeast('7.44')) return;
      if (!googleProvider.isAtLeast('6.50')) {
        yield { ...AT, message: `'${constraint}' allows versions of the google provider before 6.50` };
      } else if (googleProvider.reaches('7')) {
        const message = `'${constraint}' allows versions before 7.44, with which the scaling of a service is a difference in every plan`;
        yield { ...AT, message };
      }
    },
  },
  {
    code: 'google-provider-untried',
    severity: 'warning',
    summary:
      'Version 8 of the google provider is not tested. Known changes: `load_balancing_scheme` has another default, and is always written here; `google_iap_brand` and `google_iap_client` are removed, and are never written here. Other resources of the stack may depend on them.',
    example: exampleFile('api: {}', 'googleProvider: 8.7.0'),
    *find({ googleProvider }) {
      if (!googleProvider.isUnderstood || !googleProvider.reaches('8')) return;
      const message = `'${googleProvider.constraint}' allows version 8 of the google provider, which is not tested`;
      yield { ...AT, message, remedy: `${REMEDY}, or read the first plan with care` };
    },
  },
];
