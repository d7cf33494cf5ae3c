import { INGRESS, type Ingress } from '../../constructs/core/ingress';
import { Fields } from '../fields';
import { type Found, type Inventory, isJson, type Json, type Remark } from '../found';
import { importId } from '../import-id';
import { knativeContainer, knativeVolume } from './knative-container';

/** The project and region for files that do not name them. */
export interface ReadingPlace {
  readonly project?: string;
  readonly region?: string;
}

const PREFIX = 'run.googleapis.com/';

/** Whether a document is a Cloud Run service, in the form of `gcloud run services describe` or `--format export`. */
export function isKnativeService(document: Json): boolean {
  return document.kind === 'Service' && String(document.apiVersion).startsWith('serving.knative.dev/');
}

/** A service in the arguments of `google_cloud_run_v2_service`. */
export function readKnative(document: Json, file: string, place: ReadingPlace): Inventory {
  const root = new Fields(document);
  root.skip('apiVersion', 'kind', 'status');
  const metadata = root.block('metadata') ?? new Fields({});
  const name = metadata.text('name') ?? '';
  const source = `${file}: service ${name}`;
  metadata.skip(
    'creationTimestamp',
    'generation',
    'resourceVersion',
    'selfLink',
    'uid',
    'managedFields',
    'ownerReferences',
  );
  const labels = metadata.map('labels') ?? {};
  const namespace = metadata.text('namespace') ?? '';
  const projectNumber = /^\d+$/.test(namespace) ? namespace : undefined;
  const location = labels['cloud.googleapis.com/location'] ?? place.region;
  const project = place.project ?? (projectNumber === undefined && namespace !== '' ? namespace : undefined);
  const missing = project === undefined ? 'project' : location === undefined ? 'region' : undefined;
  if (missing) return leftOut(source, `does not contain its ${missing}; pass --${missing}`);
  const annotations = new Fields((metadata.take('annotations') as Json) ?? {}, 'metadata.annotations');
  const values = {
    name,
    location,
    project,
    project_number: projectNumber,
    labels,
    ...serviceArguments(annotations),
    urls: urls(annotations, document.status, name, projectNumber, String(location)),
    ...specArguments(root.block('spec')),
  };
  const own = ownAnnotations(annotations);
  const remarks = [...root.left(), ...annotations.left()].map((path) => withoutKey(source, path));
  const found: Found = {
    type: 'google_cloud_run_v2_service',
    id: importId('google_cloud_run_v2_service', values) ?? '',
    values: Object.keys(own).length > 0 ? { ...values, annotations: own } : values,
    source,
  };
  return { resources: [found], grants: [], leftOut: remarks };
}

function leftOut(about: string, text: string): Inventory {
  return { resources: [], grants: [], leftOut: [{ about, text }] };
}

function withoutKey(source: string, path: string): Remark {
  return { about: `${source}: ${path}`, text: 'has no key in services.yaml' };
}

/** Annotations that Cloud Run or a client writes. */
const WRITTEN_BY_OTHERS = [
  'ingress-status',
  'operation-id',
  'launch-stage',
  'client-version',
  'build-id',
  'satisfiesPzs',
];
const BUILD = [
  'build-base-image',
  'build-enable-automatic-updates',
  'build-function-target',
  'build-image-uri',
  'build-name',
  'build-service-account',
  'build-source-location',
  'build-worker-pool',
  'build-environment-variables',
];

function serviceArguments(annotations: Fields): Json {
  annotations.skip('serving.knative.dev/creator', 'serving.knative.dev/lastModifier', 'client.knative.dev/user-image');
  annotations.skip(...WRITTEN_BY_OTHERS.map((name) => PREFIX + name), 'client.knative.dev/nonce');
  const text = (name: string) => annotations.text(PREFIX + name);
  const client = text('client-name');
  // The client that deployed from source builds the source again.
  if (client !== undefined) annotations.skip(...BUILD.map((name) => PREFIX + name));
  const mode = text('scalingMode');
  const policy = text('binary-authorization');
  return {
    ingress: INGRESS[(text('ingress') ?? 'all') as Ingress],
    client,
    description: text('description'),
    invoker_iam_disabled: text('invoker-iam-disabled') === 'true',
    iap_enabled: text('iap-enabled') === 'true',
    default_uri_disabled: text('default-url-disabled') === 'true',
    custom_audiences: jsonIn(text('custom-audiences')),
    binary_authorization: policy === undefined ? undefined : policy === 'default' ? { use_default: true } : { policy },
    scaling: {
      min_instance_count: numberIn(text('minScale')),
      max_instance_count: numberIn(text('maxScale')),
      scaling_mode: mode === 'manual' ? 'MANUAL' : undefined,
      manual_instance_count: numberIn(text('manualInstanceCount')),
    },
  };
}

/** The annotations that the user set: all but Google's. */
function ownAnnotations(annotations: Fields): Record<string, string> {
  const names = annotations.leftKeys().filter((name) => !/(^|\.)(googleapis\.com|knative\.dev)\//.test(name));
  return Object.fromEntries(names.map((name) => [name, annotations.text(name) ?? '']));
}

function urls(
  annotations: Fields,
  status: unknown,
  name: string,
  number: string | undefined,
  location: string,
): unknown[] {
  const listed = jsonIn(annotations.text(`${PREFIX}urls`));
  const own = isJson(status) && typeof status.url === 'string' ? [status.url] : [];
  const deterministic = number === undefined ? [] : [`https://${name}-${number}.${location}.run.app`];
  return [...new Set([...own, ...(Array.isArray(listed) ? listed : []), ...deterministic])];
}

function specArguments(spec: Fields | undefined): Json {
  if (spec === undefined) return {};
  const traffic = spec.blocks('traffic').map((target) => {
    const revision = target.text('revisionName');
    target.skip('latestRevision', 'url');
    const type = `TRAFFIC_TARGET_ALLOCATION_TYPE_${revision === undefined ? 'LATEST' : 'REVISION'}`;
    return { type, revision, percent: target.number('percent'), tag: target.text('tag') };
  });
  const template = spec.block('template');
  return { traffic, template: template && templateArguments(template) };
}

function templateArguments(template: Fields): Json {
  const metadata = template.block('metadata') ?? new Fields({});
  const annotations = new Fields((metadata.take('annotations') as Json) ?? {}, 'spec.template.metadata.annotations');
  template.adds(annotations);
  metadata.skip('labels');
  const spec = template.block('spec') ?? new Fields({});
  const run = (name: string) => annotations.text(PREFIX + name);
  annotations.skip(`${PREFIX}client-version`, 'client.knative.dev/user-image', 'client.knative.dev/nonce');
  const aliases = secretAliases(run('secrets'));
  const dependencies = jsonIn(run('container-dependencies'));
  const instance = {
    cpu_idle: run('cpu-throttling') !== 'false',
    startup_cpu_boost: run('startup-cpu-boost') === 'true',
  };
  const sql = run('cloudsql-instances')
    ?.split(',')
    .map((each) => each.trim());
  const seconds = spec.number('timeoutSeconds');
  const environment = run('execution-environment');
  return {
    revision: metadata.text('name'),
    annotations: { 'run.googleapis.com/client-name': run('client-name') },
    service_account: spec.text('serviceAccountName'),
    timeout: seconds === undefined ? undefined : `${seconds}s`,
    max_instance_request_concurrency: spec.number('containerConcurrency'),
    execution_environment: environment && `EXECUTION_ENVIRONMENT_${environment.toUpperCase()}`,
    session_affinity: run('sessionAffinity') === 'true',
    encryption_key: run('encryption-key'),
    health_check_disabled: run('health-check-disabled') === 'true',
    gpu_zonal_redundancy_disabled: run('gpu-zonal-redundancy-disabled') === 'true',
    node_selector: accelerator(spec.map('nodeSelector')),
    scaling: {
      min_instance_count: numberIn(annotations.text('autoscaling.knative.dev/minScale')),
      max_instance_count: numberIn(annotations.text('autoscaling.knative.dev/maxScale')),
    },
    vpc_access: vpcAccess(run),
    containers: spec.blocks('containers').map((each, index) => ({
      ...knativeContainer(each, aliases, isJson(dependencies) ? dependencies : {}, sql !== undefined && index === 0),
      resources: { ...instance, limits: each.block('resources')?.map('limits') },
    })),
    volumes: [
      ...spec.blocks('volumes').map((each) => knativeVolume(each, aliases)),
      ...(sql ? [{ name: 'cloudsql', cloud_sql_instance: { instances: sql } }] : []),
    ],
  };
}

function accelerator(selector: Readonly<Record<string, string>> | undefined): Json | undefined {
  const type = selector?.[`${PREFIX}accelerator`];
  return type === undefined ? undefined : { accelerator: type };
}

function vpcAccess(run: (name: string) => string | undefined): Json | undefined {
  const connector = run('vpc-access-connector');
  const interfaces = jsonIn(run('network-interfaces'));
  const egress = run('vpc-access-egress');
  if (connector === undefined && interfaces === undefined) return undefined;
  return {
    connector,
    network_interfaces: interfaces,
    egress: egress === 'all-traffic' || egress === 'all' ? 'ALL_TRAFFIC' : 'PRIVATE_RANGES_ONLY',
  };
}

/** `alias:projects/P/secrets/S,…`: how the v1 API names secrets of other projects. */
function secretAliases(text: string | undefined): ReadonlyMap<string, string> {
  const pairs = (text ?? '').split(',').map((each) => each.trim().split(/:(.*)/s));
  return new Map(pairs.flatMap(([alias = '', name]) => (name ? [[alias, name] as const] : [])));
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** The value of an annotation that holds JSON; undefined if it does not. */
function jsonIn(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
