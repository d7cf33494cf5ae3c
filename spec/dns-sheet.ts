import type { CloudRunStack, DomainRecords } from '../constructs/cloud-run-stack';

const PREREQUISITES = `# DNS records

For whoever looks after the DNS of these domains. Before the records do anything:

1. Each domain is registered, and you can change its DNS.
2. Each domain, or the one that it is below, is verified in [Search Console](https://search.google.com/search-console)
   for the account that applies the Terraform: \`gcloud domains verify DOMAIN\` for a person; a service account is added
   there as an owner.
3. No other record of the name stands in the way: a name with a CNAME can have nothing else.

Google issues the certificate once the records are found, within 15 minutes as a rule, at most a day.
`;

/** The page of the DNS records that the mapped domains need; undefined when no domain is mapped. */
export function dnsSheet(stacks: readonly CloudRunStack[]): string | undefined {
  const sections = stacks.flatMap((stack) => {
    const domains = stack.dnsRecords();
    return domains.length === 0 ? [] : [`## ${stack.node.id}\n`, ...domains.map(section)];
  });
  return sections.length === 0 ? undefined : [PREREQUISITES, ...sections].join('\n');
}

function section({ domain, service, dnsZone, records }: DomainRecords): string {
  const rows = records.flatMap(({ type, name, values }) => values.map((value) => `| ${type} | ${name} | ${value} |`));
  const written = `Terraform writes these in the Cloud DNS zone \`${dnsZone}\`: there is nothing to create by hand.\n`;
  return [
    `### ${domain}, service ${service}\n`,
    ...(dnsZone === undefined ? [] : [written]),
    '| type | name | value |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
