import type { ExternalLoadBalancerProps } from '../../constructs';

type Row = [props: Partial<ExternalLoadBalancerProps<string>>, address: string, expected: object | undefined];

const BACKEND = 'google_compute_backend_service.edge_web';

/** Props of the load balancer `edge`, a resource, and the arguments that it gets; undefined if it is not created. */
export const LOAD_BALANCER_ROWS: readonly Row[] = [
  [{ minTlsVersion: 1.1 }, 'google_compute_ssl_policy.edge', { min_tls_version: 'TLS_1_1' }],
  [{ minTlsVersion: 1 }, 'google_compute_ssl_policy.edge', { min_tls_version: 'TLS_1_0' }],
  [{ logging: { sampleRate: 0 } }, BACKEND, { log_config: { enable: false } }],
  [{ cdn: true }, BACKEND, { enable_cdn: true, cdn_policy: { cache_mode: 'CACHE_ALL_STATIC', default_ttl: 3600 } }],
  [
    { cdn: { cacheMode: 'force-cache-all', clientTtl: '5m' } },
    BACKEND,
    { cdn_policy: { cache_mode: 'FORCE_CACHE_ALL', default_ttl: 3600, client_ttl: 300 } },
  ],
  [{ outlierDetection: true }, BACKEND, { outlier_detection: { consecutive_errors: 5 } }],
  [{ domains: ['Bücher.example'] }, 'google_compute_managed_ssl_certificate.edge_xn--bcher-kva_example', {}],
  [{ securityPolicy: {}, backends: { web: { securityPolicy: false } } }, 'google_compute_security_policy.edge', {}],
  [{ backends: { web: { securityPolicy: {} } } }, 'google_compute_security_policy.edge_web', {}],
  [{ deletionProtection: false }, 'google_compute_global_address.edge', { lifecycle: { create_before_destroy: true } }],
  [{ ipv6: false }, 'google_compute_global_forwarding_rule.edge_https_ipv6', undefined],
  [{ httpRedirect: false }, 'google_compute_target_http_proxy.edge', undefined],
  [{ dnsZone: 'example' }, 'google_dns_record_set.www_example_com_a', { managed_zone: 'example', type: 'A' }],
];

/** Props of Cloud Armor, and the priorities of the rules that they become. */
export const SECURITY_POLICY_ROWS = [
  [{ deny: ['203.0.113.7'] }, [1000, 2147483647]],
  [{ deny: Array.from({ length: 11 }, (_, index) => `203.0.113.${index}`) }, [1000, 1001, 2147483647]],
  [{ preconfiguredWaf: ['xss-v33-stable', 'sqli-v33-stable'] }, [2000, 2002, 2147483647]],
  [{ rateLimit: { count: 1, interval: 60 } }, [3000, 2147483647]],
  [{ default: 'deny', allow: ['203.0.113.7'] }, [4000, 2147483647]],
  [{ default: 'deny', allow: ['203.0.113.7'], rateLimit: { count: 1, interval: 60 } }, [3000, 2147483647]],
  [{ rules: [{ priority: 7, expression: 'true', action: 'allow' }] }, [7, 2147483647]],
] as const;
