import type { Behaviour, PlanRules } from '../behaviour';
import { selfLink } from '../identity';
import { storedObject } from '../stored';
import { sameShortName } from '../suppress';
import { oneOf } from '../validation';
import { computeName } from './compute-names';

const type = 'google_compute_region_network_endpoint_group';

const plan: PlanRules = {
  forceNew: [
    'app_engine',
    'app_engine.service',
    'app_engine.url_mask',
    'app_engine.version',
    'cloud_function',
    'cloud_function.function',
    'cloud_function.url_mask',
    'cloud_run',
    'cloud_run.service',
    'cloud_run.tag',
    'cloud_run.url_mask',
    'description',
    'name',
    'network',
    'network_endpoint_type',
    'project',
    'psc_data',
    'psc_data.producer_port',
    'psc_target_service',
    'region',
    'subnetwork',
  ],
  project: 'provider',
  keptBlocks: ['psc_data'],
  defaults: { network_endpoint_type: 'SERVERLESS' },
  suppress: { network: sameShortName, region: sameShortName, subnetwork: sameShortName },
};

export const computeRegionNetworkEndpointGroup: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_region_network_endpoint_group.go',
  plan,
  check: {
    values: {
      name: computeName,
      network_endpoint_type: oneOf(
        'SERVERLESS',
        'PRIVATE_SERVICE_CONNECT',
        'INTERNET_IP_PORT',
        'INTERNET_FQDN_PORT',
        'GCE_VM_IP_PORTMAP',
      ),
    },
    conflicts: {
      app_engine: ['cloud_run', 'cloud_function'],
      cloud_function: ['cloud_run', 'app_engine'],
      cloud_run: ['cloud_function', 'app_engine'],
    },
    atLeastOneOf: [
      ['cloud_run.service', 'cloud_run.url_mask'],
      ['cloud_function.function', 'cloud_function.url_mask'],
    ],
  },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/regions/{region}/networkEndpointGroups/{name}',
    noun: 'RegionNetworkEndpointGroup',
    settle: (group) => {
      if (!String(group.region).includes('/'))
        group.region = selfLink(`projects/${group.project}/regions/${group.region}`);
    },
    usedBy: [{ type: 'google_compute_backend_service', path: 'backend.group', kind: 'network_endpoint_group' }],
  }),
};
