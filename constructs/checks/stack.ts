import { isProjectId, isProjectNumber, isRegion } from '../core/forms';
import { isToken } from '../core/literal';
import { writtenAt } from '../core/origin';
import { likeRegion } from '../core/regions';
import { type Check, exampleFile } from './check';
import type { StackContents } from './stack-contents';

/** Project and region of a stack, and addresses that are used twice. */
export const environmentChecks: readonly Check<StackContents>[] = [
  {
    code: 'project-id',
    severity: 'error',
    summary:
      'A project is named by its id: 6 to 30 lower-case letters, digits and dashes; not by its number or display name.',
    example: exampleFile('api: {}').replace('acme-prod', 'Acme Production'),
    *find({ props: { project } }) {
      if (isToken(project) || isProjectId(project)) return;
      yield {
        path: ['project'],
        message: `'${project}' is not a project id`,
        remedy: "write its id, such as 'acme-prod'",
      };
    },
  },
  {
    code: 'project-number',
    severity: 'error',
    summary: "A project's number consists of digits.",
    example: exampleFile('api: {}', 'projectNumber: acme'),
    *find({ props: { projectNumber: number } }) {
      if (number === undefined || isToken(number) || isProjectNumber(number)) return;
      yield {
        path: ['projectNumber'],
        message: `'${number}' is not a project number`,
        remedy: 'write its digits in quotes',
      };
    },
  },
  {
    code: 'environment-region',
    severity: 'error',
    summary: 'A region is written as Google Cloud names it, such as `europe-west1`.',
    example: exampleFile('api: {}').replace('europe-west1', 'Belgium'),
    *find({ props: { region } }) {
      if (isToken(region) || isRegion(region)) return;
      yield {
        path: ['region'],
        message: `'${region}' is not a region`,
        remedy: `write ${likeRegion(region)}`,
      };
    },
  },
  {
    code: 'address-taken',
    severity: 'error',
    summary:
      'Two resources need two Terraform addresses. Names that differ only in characters that an address cannot contain would get the same address, and Terraform would see a single resource.',
    example: exampleFile(`
api:
  invokers:
    - principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/a.b
    - principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/a/b`),
    *find({ addresses }) {
      for (const { address, first, second } of addresses.conflicts()) {
        // Another check reports a domain that is used twice.
        if (/^google_(?:cloud_run_domain_mapping|dns_record_set)\./.test(address)) continue;
        const { subject, path } = writtenAt(first);
        const other = [subject.node.id, ...path].join('.');
        const message = `${address} is the address of '${other}' already`;
        yield { ...second, message, remedy: 'rename one of them' };
      }
    },
  },
  {
    code: 'token-of-a-name',
    severity: 'error',
    summary:
      "Addresses in Terraform, and the names of the parts of a load balancer, are made before Terraform runs. In an address, a token for a resource's attribute or for a variable is replaced by the name of the resource or variable; other tokens are refused. Every token is refused if a name is made from the value: domains, `regions`, the name of a load balancer. The keys of maps must be known too, and settings that decide which arguments are written, such as `access` and `ingress`.",
    example: exampleFile('web: {access: public, domains: ["${TfToken[TOKEN.0]}"]}'),
    *find({ addresses }) {
      for (const { origin, reason } of addresses.refusedTokens) {
        const message = `this is a token, and only Terraform knows its value, but ${reason}`;
        yield { ...origin, message, remedy: 'write the value itself' };
      }
    },
  },
];
