import { DomainMapping } from '../../constructs';
import { resourcesOf, stackOf, synth } from './synth';

const MAPPING = 'google_cloud_run_domain_mapping';

test('a mapped domain is protected from replacement, and its namespace is the project', () => {
  const { [MAPPING]: mappings } = resourcesOf({ web: { access: 'public', domains: ['www.example.com'] } });
  expect(mappings).toEqual({
    www_example_com: expect.objectContaining({
      name: 'www.example.com',
      project: 'acme-prod',
      location: 'europe-west1',
      metadata: { namespace: 'acme-prod' },
      spec: {
        route_name: '${google_cloud_run_v2_service.web.name}',
        certificate_mode: 'AUTOMATIC',
        force_override: false,
      },
      lifecycle: { ignore_changes: ['metadata'], prevent_destroy: true },
    }),
  });
});

test('a mapping is protected if its service is', () => {
  const { [MAPPING]: mappings } = resourcesOf({ web: { domains: ['www.example.com'], deletionProtection: false } });
  expect(mappings?.www_example_com?.lifecycle).toEqual({ ignore_changes: ['metadata'] });
});

test('settings of a domain reach the mapping', () => {
  const domain = { name: 'www.example.com', certificate: 'none', forceOverride: true } as const;
  const { [MAPPING]: mappings } = resourcesOf({ web: { domains: [domain] } });
  expect(mappings?.www_example_com?.spec).toMatchObject({ certificate_mode: 'NONE', force_override: true });
});

test('an apex gets A and AAAA records, a subdomain a CNAME, in the zone that is named', () => {
  const domains = ['example.com', 'www.example.com', 'shop.example.co.uk', 'example.co.uk'];
  const { google_dns_record_set: records = {} } = resourcesOf({
    web: { domains: domains.map((name) => ({ name, dnsZone: 'example' })) },
  });
  expect(Object.keys(records)).toEqual([
    'example_co_uk_a',
    'example_co_uk_aaaa',
    'example_com_a',
    'example_com_aaaa',
    'shop_example_co_uk_cname',
    'www_example_com_cname',
  ]);
  expect(records.www_example_com_cname).toMatchObject({
    managed_zone: 'example',
    name: 'www.example.com.',
    type: 'CNAME',
    ttl: 300,
    rrdatas: ['ghs.googlehosted.com.'],
  });
});

test('without a zone no records are written, but all are known', () => {
  const stack = stackOf({ web: { domains: ['www.example.com'] } });
  expect(synth(stack).resource.google_dns_record_set).toBeUndefined();
  expect(stack.dnsRecords()).toEqual([
    {
      domain: 'www.example.com',
      service: 'web',
      dnsZone: undefined,
      records: [{ type: 'CNAME', name: 'www.example.com', values: ['ghs.googlehosted.com.'] }],
    },
  ]);
});

test('a domain is written as DNS knows it', () => {
  const { [MAPPING]: mappings } = resourcesOf({ web: { domains: ['Bücher.example'] } });
  expect(mappings?.['xn--bcher-kva_example']?.name).toBe('xn--bcher-kva.example');
});

test('a mapping can be made beside its service', () => {
  const stack = stackOf({ web: {} });
  const [service] = stack.services;
  if (!service) throw new Error('no service');
  new DomainMapping(stack, 'www.example.com', { service, certificate: 'none' });
  expect(synth(stack).resource[MAPPING].www_example_com.spec).toMatchObject({
    route_name: '${google_cloud_run_v2_service.web.name}',
    certificate_mode: 'NONE',
  });
});
