import { loadBalancedStack, serviceOf, stackOf, synth } from './synth';

/** Settings that the google provider does not send if they are 0, so that Google's default applies. */
test.each([
  ['schedules', { nightly: { schedule: '0 3 * * *', maxDoublings: 0 } }, 'schedule-limits'],
  ['taskQueues', { mail: { maxDoublings: 0 } }, 'queue-limits'],
])('a 0 that never reaches Google is refused: maxDoublings of %s', (kind, triggers, code) => {
  const findings = stackOf({ api: { [kind]: triggers } }).findings();
  expect(findings.map((finding) => `${finding.code} ${finding.path.join('.')}`)).toEqual([
    `${code} ${kind}.${Object.keys(triggers)[0]}.maxDoublings`,
  ]);
});

test.each([
  [{ outlierDetection: { maxEjectionPercent: 0 } }, 'outlier-detection'],
  [{ cdn: { defaultTtl: 0 } }, 'cdn-settings'],
  [{ cdn: { maxTtl: '0s' } }, 'cdn-settings'],
  [{ cdn: { cacheMode: 'force-cache-all', clientTtl: 0 } }, 'cdn-settings'],
] as const)('a 0 that never reaches Google is refused: %j', (settings, code) => {
  const web = { access: 'public', ingress: 'internal-and-cloud-load-balancing' } as const;
  const edge = { domains: ['www.example.com'], defaultService: 'web', ...settings };
  expect(
    loadBalancedStack({ web }, { edge })
      .findings()
      .map((finding) => finding.code),
  ).toEqual([code]);
});

test('a 0 that reaches Google, or is its default, stays as it is', () => {
  const web = { access: 'public', ingress: 'internal-and-cloud-load-balancing' } as const;
  const edge = {
    domains: ['www.example.com'],
    defaultService: 'web',
    cdn: { serveWhileStale: 0 },
    logging: { sampleRate: 0 },
  };
  const stack = loadBalancedStack({ web }, { edge });
  expect(stack.findings()).toEqual([]);
  expect(synth(stack).resource.google_compute_backend_service.edge_web.log_config).toEqual({ enable: false });
  expect(serviceOf({ min: 0, minInstances: 0 })).toMatchObject({ scaling: { min_instance_count: 0 } });
});

test('a queue logs only with a ratio above 0: the provider does not send a 0, and every plan would show the block', () => {
  const { resource } = synth(
    stackOf({ api: { taskQueues: { none: {}, zero: { logSamplingRatio: 0 }, some: { logSamplingRatio: 0.1 } } } }),
  );
  const { api_none, api_zero, api_some } = resource.google_cloud_tasks_queue;
  expect([api_none, api_zero, api_some].map((queue) => queue.stackdriver_logging_config)).toEqual([
    undefined,
    undefined,
    { sampling_ratio: 0.1 },
  ]);
});
