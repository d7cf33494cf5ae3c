import type { Behaviour, PlanRules } from '../behaviour';
import { hash } from '../cloud';
import { uuid } from '../computed';
import { apiError, Refusal } from '../errors';
import { idFrom } from '../identity';
import { canonicalJson, isObject, type ObjectValue, objectsIn, UNKNOWN, type Value } from '../protocol/values';
import { storedObject } from '../stored';

/** The service of the v1 API. It has only what a project needs before it moves to v2. */
const type = 'google_cloud_run_service';

const plan: PlanRules = {
  forceNew: ['location', 'name', 'project'],
  project: 'provider',
  labels: 'metadata',
  keptBlocks: [
    'metadata',
    'traffic',
    'template.metadata',
    'template.spec',
    'template.spec.containers',
    'template.spec.containers.ports',
    'template.spec.containers.resources',
    'template.spec.containers.startup_probe',
  ],
  defaults: {
    autogenerate_revision_name: false,
    'template.spec.containers.startup_probe.failure_threshold': 3,
    'template.spec.containers.startup_probe.initial_delay_seconds': 0,
    'template.spec.containers.startup_probe.period_seconds': 10,
    'template.spec.containers.startup_probe.timeout_seconds': 1,
    'template.spec.containers.liveness_probe.failure_threshold': 3,
    'template.spec.containers.liveness_probe.initial_delay_seconds': 0,
    'template.spec.containers.liveness_probe.period_seconds': 10,
    'template.spec.containers.liveness_probe.timeout_seconds': 1,
  },
  customize: (planned) => {
    const metadata = objectsIn(objectsIn(planned.template)[0]?.metadata)[0];
    if (planned.autogenerate_revision_name !== true || !metadata?.name || metadata.name === UNKNOWN) return;
    throw new Refusal(
      'google_cloud_run_service: `template.metadata.name` cannot be set while `autogenerate_revision_name` is true. Please remove the field or set `autogenerate_revision_name` to false.',
    );
  },
};

export const cloudRunService: Behaviour = {
  type,
  source: 'google/services/cloudrun/resource_cloud_run_service.go',
  schemaVersion: 2,
  plan,
  operations: storedObject(type, plan, {
    id: 'locations/{location}/namespaces/{project}/services/{name}',
    noun: 'Service',
    stateOnly: { autogenerate_revision_name: false },
    defaults: {
      metadata: [{}],
      'metadata.namespace': (_, call) => call.provider.project,
      traffic: [{ percent: 100, latest_revision: true, revision_name: '', tag: '' }],
      'template.spec.container_concurrency': 80,
      'template.spec.timeout_seconds': 300,
      'template.spec.containers.ports': [{ container_port: 8080, name: 'http1' }],
      'template.spec.containers.resources': [{ limits: { cpu: '1000m', memory: '512Mi' } }],
      'template.spec.containers.startup_probe': [
        { failure_threshold: 1, period_seconds: 240, timeout_seconds: 240, tcp_socket: [{ port: 8080 }] },
      ],
    },
    refuse: (service, was, call) => {
      const id = idFrom('projects/{project}/locations/{location}/services/{name}', service);
      if (was || !call.cloud.find('google_cloud_run_v2_service', id)) return;
      throw new Refusal(apiError(409, `Resource '${service.name}' already exists`, 'alreadyExists'));
    },
    settle: (service, _, call) => {
      for (const template of objectsIn(service.template)) {
        for (const spec of objectsIn(template.spec)) {
          spec.service_account_name ||= `${call.cloud.projectNumber(String(service.project))}-compute@developer.gserviceaccount.com`;
        }
      }
    },
    computed: (service, call, creation) => ({
      metadata: objectsIn(service.metadata).map((metadata) => ({
        ...metadata,
        namespace: service.project,
        generation: 1,
        resource_version: hash(canonicalJson(service.template)).slice(0, 12),
        self_link: `/apis/serving.knative.dev/v1/namespaces/${service.project}/services/${service.name}`,
        uid: uuid(idFrom('projects/{project}/locations/{location}/services/{name}', service), creation),
        effective_annotations: annotations(metadata.effective_annotations),
      })),
      status: [
        {
          url: `https://${service.name}-${call.cloud.projectNumber(String(service.project))}.${service.location}.run.app`,
          observed_generation: 1,
          latest_created_revision_name: `${service.name}-00001-${hash(canonicalJson(service.template)).slice(0, 3)}`,
          latest_ready_revision_name: `${service.name}-00001-${hash(canonicalJson(service.template)).slice(0, 3)}`,
          conditions: [{ type: 'Ready', status: 'True', reason: '', message: '' }],
          traffic: [],
        },
      ],
    }),
    policies: (_, service) => [idFrom('projects/{project}/locations/{location}/services/{name}', service)],
  }),
};

/** The API adds these: cloud.google.com/run/docs/reference/rest/v1/namespaces.services */
function annotations(sent: Value): ObjectValue {
  const own = { 'run.googleapis.com/ingress': 'all', 'run.googleapis.com/ingress-status': 'all' };
  return { ...own, ...(isObject(sent) ? sent : {}) };
}
