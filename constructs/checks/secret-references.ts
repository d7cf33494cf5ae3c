import { isToken } from '../core/literal';
import { namedSecret } from '../core/named-secret';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { containersOf } from './containers';

/** Secrets in gcloud's form, which are plain text here. */
export const secretReferenceChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'secret-as-text',
    severity: 'warning',
    summary:
      'A string value is plain text. `NAME:latest` is a secret for gcloud (`--set-secrets`), but here the service would get this text itself.',
    example: exampleFile('api: {env: {DB_PASSWORD: db-password:latest}}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        for (const [variable, value] of sortedEntries(props.env)) {
          const named = typeof value === 'string' && !isToken(value) ? namedSecret(value) : undefined;
          if (named === undefined) continue;
          const message = `'${value}' is text here, and not a secret`;
          const remedy = `if the secret is meant, write {secret: ${named.secret}, version: ${named.version}}`;
          yield { path: [...path, 'env', variable], message, remedy };
        }
      }
    },
  },
];
