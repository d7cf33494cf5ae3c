import type { DnsRecord } from '../../constructs/core/dns';
import type { CloudRunStack, DomainRecords } from '../../constructs/stack/cloud-run-stack';

const VERIFIED = `2. Each domain, or the one that it is below, is verified in [Search Console](https://search.google.com/search-console)
   for the account that applies the Terraform: \`gcloud domains verify DOMAIN\` for a person; a service account is added
   there as an owner.
`;

function prerequisites(mapped: boolean): string {
  return `# DNS records

For the person who manages the DNS of these domains. Before you create the records, make sure that:

1. Each domain is registered, and you can change its DNS.
${mapped ? VERIFIED : ''}${mapped ? 3 : 2}. No other record of the same name conflicts: a name with a CNAME can have no other record.

Google issues the certificate after it finds the records, usually within 15 minutes, at most within a day.
`;
}

/** The page with the DNS records that the domains need; undefined if there are no domains. */
export function dnsSheet(stacks: readonly CloudRunStack[]): string | undefined {
  const domains = stacks.flatMap((stack) => stack.dnsRecords());
  if (domains.length === 0) return undefined;
  const sections = stacks.flatMap((stack) => {
    const records = stack.dnsRecords();
    return records.length === 0 ? [] : [`## ${stack.node.id}\n`, ...records.map(section)];
  });
  return [prerequisites(domains.some(({ service }) => service !== undefined)), ...sections].join('\n');
}

function section({ domain, service, loadBalancer, dnsZone, records }: DomainRecords): string {
  const written = `Terraform writes these in the Cloud DNS zone \`${dnsZone}\`: there is nothing to create by hand.\n`;
  const unknown = 'What is not known before the first apply is in `terraform output dns_records` after it.\n';
  const incomplete = dnsZone === undefined && records.some(({ values }) => values.length === 0);
  return [
    `### ${domain}, ${service === undefined ? `load balancer ${loadBalancer}` : `service ${service}`}\n`,
    ...(dnsZone === undefined ? [] : [written]),
    ...(incomplete ? [unknown] : []),
    '| type | name | value |',
    '|---|---|---|',
    ...records.flatMap(rows),
    '',
  ].join('\n');
}

function rows({ type, name, values }: DnsRecord): string[] {
  if (values.length === 0) return [`| ${type} | ${name} | known after the first apply |`];
  return values.map((value) => `| ${type} | ${name} | ${value} |`);
}
