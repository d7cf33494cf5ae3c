import { INGRESS } from '../../constructs/core/ingress';

/** Wrong values that people write for a key, and what to write instead. */
export const OTHER_VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  access: {
    true: 'write public for everybody on the internet, or private for named callers',
    false: 'write private, or leave it out',
    open: 'write public',
    internal: 'write private, and ingress: internal for requests from networks only',
    none: 'write private, or leave it out',
    allUsers: 'write public',
    authenticated: 'write private, and name the callers in invokers',
  },
  ingress: {
    true: 'write all, internal or internal-and-cloud-load-balancing',
    public: 'write all',
    external: 'write all',
    private: 'write internal',
    'load-balancer': 'write internal-and-cloud-load-balancing',
    ...Object.fromEntries(Object.entries(INGRESS).map(([word, argument]) => [argument, `write ${word}`])),
  },
  iap: { true: 'write {members: [group:team@example.com]}', false: 'leave it out' },
  binaryAuthorization: { true: 'write default, for the policy of the project', false: 'leave it out' },
  gpu: {
    true: 'write 1',
    'nvidia-l4': 'write 1, and gpuType: nvidia-l4, which is the default',
  },
  latest: { 100: 'write true, and percent: 100' },
  vpcEgress: { all: 'write all-traffic', true: 'write all-traffic', private: 'write private-ranges-only' },
  executionEnvironment: {
    1: 'write gen1',
    2: 'write gen2',
    EXECUTION_ENVIRONMENT_GEN1: 'write gen1',
    EXECUTION_ENVIRONMENT_GEN2: 'write gen2',
  },
};
