import { ACCOUNT_ID_LENGTH } from '../core/account-id';
import type { Origin } from '../core/finding';
import type { NamedServiceAccount } from '../core/identity-props';
import { isToken } from '../core/literal';
import type { ServiceAccount } from '../core/service-account';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { rangeInWords } from './limits';
import type { StackContents } from './stack-contents';

const ACCOUNT_ID = new RegExp(`^[a-z][-a-z0-9]{${ACCOUNT_ID_LENGTH.least - 2},${ACCOUNT_ID_LENGTH.most - 2}}[a-z0-9]$`);
const EMAIL = /^[a-z0-9][a-z0-9.-]*@(?:[a-z0-9.-]+\.)?gserviceaccount\.com$/i;
const DISPLAY_NAME_BYTES = 100;
/** IAM, "Quotas and limits": a project has 100 service accounts unless it asked for more. */
const MANY_ACCOUNTS = 90;

/** The service's account in the props. */
export const identityChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'service-account-form',
    severity: 'error',
    summary: `A service account is an email address, \`{name: …}\` with an id of ${rangeInWords(ACCOUNT_ID_LENGTH)} characters, or \`default\` (gcloud \`--service-account\`).`,
    example: exampleFile('api: {serviceAccount: batch}'),
    *find(service) {
      for (const { wanted, subject, path } of wantedAccounts(service)) {
        if (wanted === 'default') continue;
        const named = typeof wanted === 'object';
        const text = named ? wanted.name : wanted;
        if (isToken(text) || (named ? ACCOUNT_ID : EMAIL).test(text)) continue;
        const { project } = service.environment.props;
        const address = text.replace(/^serviceAccount:/, '');
        const remedy = named
          ? `use ${rangeInWords(ACCOUNT_ID_LENGTH)} lower-case letters, digits and dashes, beginning with a letter`
          : address !== text && EMAIL.test(address)
            ? `write '${address}'`
            : `write {name: ${text}} to create it, or an address such as '${text}@${project}.iam.gserviceaccount.com'`;
        const message = `'${text}' is not ${named ? 'an account id' : 'the address of a service account'}`;
        yield { subject, path: named ? [...path, 'name'] : path, message, remedy };
      }
    },
  },
  {
    code: 'account-display-name-length',
    severity: 'error',
    summary: `A display name has at most ${DISPLAY_NAME_BYTES} bytes (IAM API, ServiceAccount.displayName).`,
    example: exampleFile(`api: {serviceAccount: {name: api-account, displayName: ${'x'.repeat(101)}}}`),
    *find(service) {
      for (const { wanted, subject, path } of wantedAccounts(service)) {
        const { displayName = '' } = typeof wanted === 'object' ? wanted : {};
        const bytes = Buffer.byteLength(displayName);
        if (isToken(displayName) || bytes <= DISPLAY_NAME_BYTES) continue;
        const message = `the display name has ${bytes} bytes`;
        yield { subject, path: [...path, 'displayName'], message, remedy: `shorten it to ${DISPLAY_NAME_BYTES}` };
      }
    },
  },
  {
    code: 'roles-of-existing-account',
    severity: 'error',
    summary: '`roles` are only for an account that this stack creates. An existing account gets its roles elsewhere.',
    example: exampleFile(
      'api: {serviceAccount: batch@acme-prod.iam.gserviceaccount.com, roles: [roles/datastore.user]}',
    ),
    *find({ props: { serviceAccount, roles = [] } }) {
      if (typeof serviceAccount !== 'string' || roles.length === 0) return;
      const message = `'${serviceAccount}' is not created here, so it gets no roles here`;
      yield { path: ['roles'], message, remedy: 'remove roles, or remove serviceAccount to get an account of its own' };
    },
  },
];

interface WantedAccount extends Origin {
  readonly wanted: string | NamedServiceAccount;
}

/** The accounts in the props of a service and of its triggers. */
function wantedAccounts(service: CloudRunService): WantedAccount[] {
  const holders = [{ props: service.props, origin: { subject: service, path: [] } }, ...service.triggers];
  return holders.flatMap(({ props: { serviceAccount: wanted }, origin: { subject, path } }) =>
    wanted === undefined ? [] : [{ wanted, subject, path: [...path, 'serviceAccount'] }],
  );
}

/** The accounts of a whole stack. */
export const accountChecks: readonly Check<StackContents>[] = [
  {
    code: 'default-account-needs-number',
    severity: 'error',
    summary:
      "The email address of the default account begins with the project's number. Terraform looks it up for a service that runs as the account, but a grant to the account has the number in its Terraform address, so it must be known.",
    example: exampleFile('api: {serviceAccount: default, env: {TOKEN: {secret: token, version: "1"}}}'),
    *find({ accounts, props: { project } }) {
      for (const { isKnownToTerraformAlone, granted } of accounts) {
        if (!isKnownToTerraformAlone) continue;
        const message = `this is granted to the default account, and the number of the project '${project}' is not known`;
        const remedy = "write the environment's projectNumber, or remove 'serviceAccount: default'";
        for (const origin of granted) yield { ...origin, message, remedy };
      }
    },
  },
  {
    code: 'account-claimed-twice',
    severity: 'error',
    summary:
      'Two accounts of one project need two ids. Two services of the same name in two regions would both create the same account; they can share one.',
    example: exampleFile(`
worker: {}
worker-us: {name: worker, region: us-central1}`),
    *find(environment) {
      const created = new Map<string, ServiceAccount>();
      for (const account of environment.accounts) {
        if (!account.resource) continue;
        const first = created.get(account.email);
        created.set(account.email, first ?? account);
        if (!first) continue;
        const message = `'${first.origin.subject.node.id}' creates the account '${account.email}' already`;
        const remedy = 'write the same serviceAccount: {name: …} for both, to share one account';
        yield { ...account.origin, message, remedy };
      }
    },
  },
  {
    code: 'account-created-here',
    severity: 'error',
    summary:
      'An account that this stack creates is named by its id in `{name: …}` and not by its email address, so that Terraform knows the order.',
    example: exampleFile(`
worker: {}
batch: {serviceAccount: worker@acme-prod.iam.gserviceaccount.com}`),
    *find(environment) {
      const created = new Set(environment.accounts.flatMap(({ email, resource }) => (resource ? [email] : [])));
      for (const service of environment.services) {
        for (const { wanted, subject, path } of wantedAccounts(service)) {
          if (typeof wanted !== 'string' || !created.has(wanted.toLowerCase())) continue;
          const message = `this stack creates '${wanted}' itself`;
          const remedy = `write serviceAccount: {name: ${wanted.split('@')[0]}} for everything that uses it`;
          yield { subject, path, message, remedy };
        }
      }
    },
  },
  {
    code: 'account-display-name',
    severity: 'error',
    summary: 'A shared account has one display name.',
    example: exampleFile(`
api: {serviceAccount: {name: backend, displayName: Backend}}
worker: {serviceAccount: {name: backend, displayName: Workers}}`),
    *find({ services }) {
      const names = new Map<string, string>();
      for (const service of services) {
        for (const { wanted, subject, path } of wantedAccounts(service)) {
          if (typeof wanted === 'string') continue;
          const { name, displayName = name } = wanted;
          const first = names.get(name) ?? displayName;
          names.set(name, first);
          if (first === displayName) continue;
          const message = `the account '${name}' is called '${first}' elsewhere`;
          yield { subject, path, message, remedy: 'write the same displayName for both' };
        }
      }
    },
  },
  {
    code: 'many-accounts',
    severity: 'warning',
    summary: `A project has at most 100 service accounts unless its quota was raised (IAM, "Quotas and limits"). Reported above ${MANY_ACCOUNTS}.`,
    example: exampleFile(Array.from({ length: MANY_ACCOUNTS + 1 }, (_, i) => `service-${i}: {}`).join('\n')),
    *find(environment) {
      const { project } = environment.props;
      const ofProject = environment.ofApp.filter(({ props }) => props.project === project);
      const count = ofProject.flatMap(({ accounts }) => accounts.filter(({ resource }) => resource)).length;
      // Reported once for a project, also if it has several stacks.
      if (count <= MANY_ACCOUNTS || ofProject[0]?.addresses !== environment.addresses) return;
      yield {
        path: ['project'],
        message: `${count} service accounts are created in '${project}', where 100 are allowed by default`,
        remedy: 'ask Google for a higher quota, or share accounts with serviceAccount: {name: …}',
      };
    },
  },
];
