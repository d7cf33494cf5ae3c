import { INGRESS } from '../../constructs/core/ingress';
import { parseCpu } from '../../constructs/core/quantity';
import type { CloudRunServiceProps } from '../../constructs/service/cloud-run-service-props';
import { defaultConcurrency } from '../../constructs/service/scaling';
import type { Volume } from '../../constructs/service/volume';
import type { Fields } from '../fields';
import { type Draft, ingressContainer, secretName, sidecar } from './container';
import { without } from './without';

export type ServiceDraft = Draft<CloudRunServiceProps<string>>;

/** The project and region of a service. */
export interface Place {
  readonly project: string;
  readonly region: string;
}

/** The default maximum of instances of a revision: the file leaves it out. */
const DEFAULT_MAX_INSTANCES = 100;

/** Clients that deploy by hand or from a build, and will continue to deploy. */
const DEPLOYING_CLIENTS = ['gcloud', 'cloud-console', 'cloud-build', 'gcp-cloud-build-deploy-cloud-run'];

/** The props of a service without its account, its callers and its triggers. */
export function serviceProps(fields: Fields, place: Place): ServiceDraft {
  const template = fields.block('template');
  if (template === undefined) return {};
  const name = fields.text('name') ?? '';
  fields.skip('location', 'project', 'id', 'iap_enabled');
  const [first, ...others] = template.blocks('containers');
  const all = [first, ...others];
  // The container with a port receives the requests; it may be anywhere in the list.
  const ingress = all.find((each) => each?.block('ports') !== undefined) ?? first;
  const sidecars = all.filter((each) => each !== undefined && each !== ingress) as Fields[];
  const props = {
    ...(ingress ? ingressContainer(ingress, place.project) : {}),
    containerName: ingress?.text('name'),
    ingress: ingressOf(fields.text('ingress')),
    ...network(template, place),
    ...scaling(fields, template),
    ...revision(template),
    ...volumes(template, ingress, place),
    sidecars: sidecars.length > 0 ? Object.fromEntries(sidecars.map((each) => sidecarEntry(each, place))) : undefined,
    ...traffic(fields),
    ...deployment(name, fields, template),
    description: fields.text('description'),
    ...labels(fields, template),
    annotations: fields.map('annotations'),
    customAudiences: nonEmpty(fields.list('custom_audiences').sort()),
    binaryAuthorization: binaryAuthorization(fields.block('binary_authorization')),
    defaultUrl: fields.flag('default_uri_disabled') === true ? false : undefined,
    healthCheck: template.flag('health_check_disabled') === true ? false : undefined,
    deletionProtection: fields.flag('deletion_protection') === false ? false : undefined,
  } as ServiceDraft;
  return without(props, {
    concurrency: defaultConcurrency(parseCpu(props.cpu ?? 1)),
    containerName: sidecars.length > 0 ? name : undefined,
  });
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function ingressOf(value: string | undefined): CloudRunServiceProps['ingress'] {
  const [word] = Object.entries(INGRESS).find(([, argument]) => argument === value) ?? [];
  return word === 'all' ? undefined : (word as CloudRunServiceProps['ingress']);
}

function network(template: Fields, { project, region }: Place): ServiceDraft {
  const access = template.block('vpc_access');
  if (access === undefined) return {};
  const [only] = access.blocks('network_interfaces');
  const network = shortName(only?.text('network'), `projects/${project}/global/networks/`);
  const subnet = shortName(only?.text('subnetwork'), `projects/${project}/regions/${region}/subnetworks/`);
  return without({
    network,
    // If no subnet is named, Cloud Run takes the subnet with the network's name.
    subnet: subnet === network ? undefined : subnet,
    networkTags: nonEmpty(only?.list('tags') ?? []),
    vpcConnector: shortName(access.text('connector'), `projects/${project}/locations/${region}/connectors/`),
    vpcEgress: access.text('egress') === 'ALL_TRAFFIC' ? ('all-traffic' as const) : undefined,
  });
}

function shortName(name: string | undefined, collection: string): string | undefined {
  const path = name?.replace(/^https:\/\/(www|compute)\.googleapis\.com\/(compute\/v1\/)?/, '');
  return path?.startsWith(collection) ? path.slice(collection.length) : path;
}

function scaling(fields: Fields, template: Fields): ServiceDraft {
  const service = fields.block('scaling');
  const revisions = template.block('scaling');
  const manual = service?.text('scaling_mode') === 'MANUAL';
  const count = service?.number('manual_instance_count') ?? 0;
  const mostOfAll = service?.number('max_instance_count');
  const max = revisions?.number('max_instance_count');
  return without({
    scaling: manual ? count : undefined,
    min: service?.number('min_instance_count'),
    max: manual || mostOfAll === DEFAULT_MAX_INSTANCES ? undefined : mostOfAll,
    minInstances: revisions?.number('min_instance_count'),
    maxInstances: manual || max === DEFAULT_MAX_INSTANCES ? undefined : max,
  });
}

function revision(template: Fields): ServiceDraft {
  const environment = template.text('execution_environment')?.replace('EXECUTION_ENVIRONMENT_', '').toLowerCase();
  const [node] = template.blocks('node_selector');
  const zonal = template.flag('gpu_zonal_redundancy_disabled');
  return without(
    {
      timeout: template.text('timeout'),
      concurrency: template.number('max_instance_request_concurrency'),
      executionEnvironment: environment as ServiceDraft['executionEnvironment'],
      sessionAffinity: template.flag('session_affinity'),
      key: template.text('encryption_key'),
      gpuType: node?.text('accelerator'),
      gpuZonalRedundancy: node && zonal ? false : undefined,
    },
    { timeout: '300s', sessionAffinity: false, gpuType: 'nvidia-l4' },
  );
}

function sidecarEntry(container: Fields, place: Place) {
  const name = container.text('name') ?? '';
  const mounts = container.blocks('volume_mounts').map((mount) => {
    const subPath = mount.text('sub_path');
    const mountPath = mount.text('mount_path');
    return [mount.text('name'), subPath ? { mountPath, subPath } : mountPath];
  });
  const volumeMounts = mounts.length > 0 ? Object.fromEntries(mounts) : undefined;
  return [name, without({ ...sidecar(container, place.project), volumeMounts })] as const;
}

function volumes(template: Fields, ingress: Fields | undefined, place: Place): ServiceDraft {
  const mounts = new Map(
    (ingress?.blocks('volume_mounts') ?? []).map((each) => [
      each.text('name'),
      without({ mountPath: each.text('mount_path'), subPath: each.text('sub_path') }, { subPath: '' }),
    ]),
  );
  const props: Record<string, Volume> = {};
  let cloudSqlInstances: string[] = [];
  for (const volume of template.blocks('volumes')) {
    const name = volume.text('name') ?? '';
    const sql = volume.block('cloud_sql_instance');
    if (sql)
      cloudSqlInstances = sql
        .list('instances')
        .map((each) => shortName(each, `${place.project}:${place.region}:`) ?? each);
    else props[name] = without({ ...mounts.get(name), ...volumeKind(volume, place) }) as Volume;
  }
  return without({
    volumes: Object.keys(props).length > 0 ? props : undefined,
    cloudSqlInstances: nonEmpty(cloudSqlInstances.sort()),
  });
}

function volumeKind(volume: Fields, place: Place): object {
  const gcs = volume.block('gcs');
  if (gcs)
    return {
      gcs: without(
        {
          bucket: gcs.text('bucket'),
          readOnly: gcs.flag('read_only'),
          mountOptions: nonEmpty(gcs.list('mount_options')),
        },
        { readOnly: false },
      ),
    };
  const nfs = volume.block('nfs');
  if (nfs) {
    const share = { server: nfs.text('server'), path: nfs.text('path'), readOnly: nfs.flag('read_only') };
    return { nfs: without(share, { readOnly: false }) };
  }
  const directory = volume.block('empty_dir');
  if (directory) {
    const medium = directory.text('medium')?.toLowerCase();
    return { emptyDir: without({ medium, sizeLimit: directory.text('size_limit') }, { medium: 'memory' }) };
  }
  return secretVolume(volume.block('secret'), place);
}

function secretVolume(secret: Fields | undefined, { project }: Place): object {
  if (secret === undefined) return {};
  const name = secretName(secret.text('secret') ?? '', project);
  const items = secret.blocks('items').map((item) => ({
    path: item.text('path'),
    version: item.text('version') ?? 'latest',
    mode: fileMode(item.number('mode')),
  }));
  const mode = fileMode(secret.number('default_mode'));
  const [only] = items;
  const single = items.length === 1 && only !== undefined && only.mode === undefined;
  const content = single
    ? without({ version: only.version, path: only.path }, { path: name.slice(name.lastIndexOf('/') + 1) })
    : { items: items.map((item) => without(item)) };
  return without({ secret: name, ...content, mode }, { mode: '0444' });
}

function fileMode(mode: number | undefined): string | undefined {
  return mode === undefined ? undefined : `0${mode.toString(8)}`;
}

function traffic(fields: Fields): ServiceDraft {
  const targets = fields.blocks('traffic').map((target) => {
    const name = target.text('revision');
    const latest = target.text('type') !== 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION';
    const share = without({ percent: target.number('percent'), tag: target.text('tag') });
    return latest || name === undefined ? { latest: true as const, ...share } : { revision: name, ...share };
  });
  const [only] = targets;
  const isDefault = targets.length <= 1 && (only === undefined || ('latest' in only && only.tag === undefined));
  return isDefault ? {} : { traffic: targets };
}

/** Who deploys the service: a client that deploys names each revision itself. */
function deployment(name: string, fields: Fields, template: Fields): ServiceDraft {
  const client = fields.text('client');
  const annotated = template.map('annotations')?.['run.googleapis.com/client-name'];
  template.skip('service_account');
  fields.skip('client_version', 'launch_stage');
  const revision = template.text('revision');
  const isExternal = [client, annotated].some((each) => each !== undefined && DEPLOYING_CLIENTS.includes(each));
  if (!isExternal)
    return without({ revisionSuffix: revision?.startsWith(`${name}-`) ? revision.slice(name.length + 1) : undefined });
  fields.skip('build_config');
  return { imageUpdates: 'external' };
}

/** Labels that a deploying client or Google sets: they are not the user's. */
const FOREIGN_LABEL =
  /^(run|cloud|serving|client)\.[\w.-]*(googleapis|knative)[\w.-]*\/|^(managed-by|commit-sha|gcb-[\w-]+|goog-[\w-]+)$/;

function labels(fields: Fields, template: Fields): ServiceDraft {
  const own = Object.entries(fields.map('labels') ?? {}).filter(([name]) => !FOREIGN_LABEL.test(name));
  template.skip('labels');
  return own.length > 0 ? { labels: Object.fromEntries(own) } : {};
}

function binaryAuthorization(block: Fields | undefined): string | undefined {
  if (block === undefined) return undefined;
  const policy = block.text('policy');
  block.skip('use_default');
  return policy ?? 'default';
}
