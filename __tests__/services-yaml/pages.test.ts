import { buildStacks, dnsSheet, summary } from '../../services-yaml';
import { testingApp } from '../testing-app';

const FILE = `environments:
  staging: {project: acme-staging, region: europe-west1, services: {hello: {domains: [hello.staging.example.com]}}}
  prod: {project: acme-prod, region: europe-west1}
services:
  hello:
    image: europe-docker.pkg.dev/acme/apps/hello:1.0.0
    access: public
    domains: [example.com, {name: www.example.com, dnsZone: example-com}]
  worker: {image: "europe-docker.pkg.dev/acme/apps/worker:1.0.0", ingress: internal}
`;

const stacksOf = (text: string) => buildStacks(testingApp(), text).stacks;

test('the DNS page has the conditions, and the records to create', () => {
  const sheet = dnsSheet(stacksOf(FILE)) ?? '';
  expect(sheet).toMatchSnapshot();
  expect(sheet.indexOf('Search Console')).toBeLessThan(sheet.indexOf('| type | name | value |'));
  expect(sheet).toContain('| A | example.com | 216.239.32.21 |');
  expect(sheet).toContain('| CNAME | hello.staging.example.com | ghs.googlehosted.com. |');
  expect(sheet).toContain('Terraform writes these in the Cloud DNS zone `example-com`');
});

test('there is no DNS page if no domain is mapped', () => {
  expect(dnsSheet(stacksOf(FILE.replaceAll(/domains: \[.*\]/g, 'minInstances: 0')))).toBeUndefined();
});

test('the summary is a table of who can reach what', () => {
  expect(summary(stacksOf(FILE), 'cdktf.out')).toBe(`staging: 2 services in cdktf.out/stacks/staging
  service  access   ingress   domains
  hello    public   all       hello.staging.example.com
  worker   private  internal

prod: 2 services in cdktf.out/stacks/prod
  service  access   ingress   domains
  hello    public   all       example.com www.example.com
  worker   private  internal`);
});
