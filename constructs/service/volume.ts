import type { CloudRunV2ServiceTemplateVolumes } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { Fn, Token } from 'cdktf';
import { isToken } from '../core/literal';
import { sortedEntries, sortedSet } from '../core/order';

/** One file of a secret volume. */
export interface SecretItem {
  /** File name below the volume's `mountPath`. */
  readonly path: string;
  /**
   * The secret's version, a number in quotes, or `latest`.
   * @default "latest"
   */
  readonly version?: string;
  /**
   * File mode, an octal string such as `"0400"`.
   * @default the volume's `mode`
   */
  readonly mode?: string;
}

interface Mounted {
  /**
   * Where the ingress container mounts the volume: an absolute path.
   * @default only sidecars mount the volume
   */
  readonly mountPath?: string;
}

interface MountedInPart extends Mounted {
  /**
   * Directory of the volume that the ingress container mounts instead of the whole, a relative path. Needs the google provider 7.3 or later.
   * @default the whole volume
   * @terraform template.containers.volume_mounts.sub_path
   */
  readonly subPath?: string;
}

/** How a sidecar mounts a volume. */
export interface VolumeMount {
  /** Where the sidecar mounts the volume: an absolute path. */
  readonly mountPath: string;
  /**
   * Directory of the volume that the sidecar mounts instead of the whole, a relative path. Needs the google provider 7.3 or later.
   * @default the whole volume
   * @terraform template.containers.volume_mounts.sub_path
   */
  readonly subPath?: string;
}

/** A secret as one file, or several versions of it as several files. */
export interface SecretVolume extends Mounted {
  /** The secret: its id in the service's project, or `projects/P/secrets/S` for one of another project. */
  readonly secret: string;
  /**
   * The version, a number in quotes, or `latest` (a warning: the file changes under a running revision).
   * @default "latest"
   */
  readonly version?: string;
  /**
   * File name below `mountPath`.
   * @default the secret's id
   */
  readonly path?: string;
  /**
   * File mode, an octal string such as `"0444"`.
   * @default "0444"
   */
  readonly mode?: string;
  /**
   * Several versions as several files, instead of `version` and `path`.
   * @default one file
   * @minItems 1
   */
  readonly items?: readonly SecretItem[];
}

/** A Cloud Storage bucket as a file system. The service's account is granted access to it. Needs gen2. */
export interface GcsVolume extends MountedInPart {
  /** The bucket. */
  readonly gcs: {
    /** Name of the bucket. */
    readonly bucket: string;
    /**
     * Whether the mount is read-only, and the grant `roles/storage.objectViewer` instead of `roles/storage.objectUser`.
     * @default false
     */
    readonly readOnly?: boolean;
    /**
     * Flags of Cloud Storage FUSE without their dashes, such as `implicit-dirs`. Needs the google provider 7.5 or later.
     * @default none
     * @gcloud --add-volume mount-options
     * @terraform template.volumes.gcs.mount_options
     */
    readonly mountOptions?: readonly string[];
  };
}

/** An NFS share. Needs gen2 and access to the server's network. */
export interface NfsVolume extends MountedInPart {
  /** The share. */
  readonly nfs: {
    /** Host name or IP address of the server. */
    readonly server: string;
    /** Exported path, absolute. */
    readonly path: string;
    /**
     * Whether the mount is read-only.
     * @default false
     */
    readonly readOnly?: boolean;
  };
}

/** A directory that the containers of an instance share. It is lost when the instance ends. */
export interface EmptyDirVolume extends MountedInPart {
  /** The directory. */
  readonly emptyDir: {
    /**
     * The medium: the containers' memory, or an encrypted disk of the instance (gcloud's `type=ephemeral-disk`). A disk needs gen2,
     * `sizeLimit`, and the google provider 7.44 or later.
     * @default "memory"
     * @gcloud --add-volume type
     * @terraform template.volumes.empty_dir.medium
     */
    readonly medium?: 'memory' | 'disk';
    /**
     * Most space it may use, as `256Mi`. In memory, it is part of the containers' memory. A disk has this size, at least `10Gi`.
     * @default half of the instance's memory
     * @gcloud --add-volume size-limit, size
     * @terraform template.volumes.empty_dir.size_limit
     */
    readonly sizeLimit?: string;
  };
}

/** A volume: exactly one kind. */
export type Volume = SecretVolume | GcsVolume | NfsVolume | EmptyDirVolume;

/** Volumes and Cloud SQL instances of a service. */
export interface VolumesProps {
  /**
   * Volumes by name. Each has one kind, and the path at which the ingress container mounts it.
   * @default none
   * @gcloud --add-volume, --add-volume-mount
   * @terraform template.volumes
   */
  readonly volumes?: Readonly<Record<string, Volume>>;

  /**
   * Cloud SQL instances, each with a socket below `/cloudsql`: `project:region:instance`, or only the instance's name
   * if it is in the environment's project and region. The service's account is granted `roles/cloudsql.client`.
   * @default none
   * @gcloud --add-cloudsql-instances
   * @terraform template.volumes.cloud_sql_instance.instances
   */
  readonly cloudSqlInstances?: readonly string[];
}

/** The project and region that complete the short name of a Cloud SQL instance. */
interface Place {
  readonly project: string;
  readonly region: string;
}

/** Volume name and mount path for Cloud SQL. Cloud Run accepts no other path. */
const CLOUD_SQL = { name: 'cloudsql', mountPath: '/cloudsql' };

/** The volumes of a service. */
export function renderVolumes(props: VolumesProps, environment: Place): CloudRunV2ServiceTemplateVolumes[] {
  const volumes = sortedEntries(props.volumes).map(([name, volume]) => ({ name, ...renderVolume(volume) }));
  const instances = sortedSet(cloudSqlInstances(props, environment));
  return instances.length > 0 ? [...volumes, { name: CLOUD_SQL.name, cloudSqlInstance: { instances } }] : volumes;
}

/** A volume as a container mounts it. */
export interface Mount extends VolumeMount {
  readonly name: string;
}

/** The mounts of the ingress container. */
export function ingressMounts(props: VolumesProps): Mount[] {
  const mounts = sortedEntries(props.volumes).flatMap(([name, volume]) =>
    volume.mountPath ? [{ name, mountPath: volume.mountPath, subPath: subPathOf(volume) }] : [],
  );
  return props.cloudSqlInstances?.length ? [...mounts, CLOUD_SQL] : mounts;
}

/** The directory of a volume that the ingress container mounts; undefined for a secret, because all its files are mounted. */
export function subPathOf(volume: Volume): string | undefined {
  return 'secret' in volume ? undefined : volume.subPath;
}

/** Whether the volume is a directory on a disk of the instance. */
export function isDisk(volume: Volume): volume is EmptyDirVolume {
  return 'emptyDir' in volume && volume.emptyDir.medium === 'disk';
}

/** Whether only gen2 can mount the volume. */
export function needsGen2(volume: Volume): boolean {
  return 'gcs' in volume || 'nfs' in volume || isDisk(volume);
}

/** The mounts of a sidecar. */
export function sidecarMounts({
  volumeMounts,
}: {
  readonly volumeMounts?: Readonly<Record<string, string | VolumeMount>>;
}): Mount[] {
  return sortedEntries(volumeMounts).map(([name, mount]) => ({
    name,
    ...(typeof mount === 'string' ? { mountPath: mount } : mount),
  }));
}

/** Cloud SQL instances as `project:region:instance`. */
export function cloudSqlInstances(props: VolumesProps, { project, region }: Place): string[] {
  return (props.cloudSqlInstances ?? []).map((name) =>
    name.includes(':') || isToken(name) ? name : `${project}:${region}:${name}`,
  );
}

function renderVolume(volume: Volume): Omit<CloudRunV2ServiceTemplateVolumes, 'name'> {
  if ('gcs' in volume) return { gcs: { bucket: volume.gcs.bucket, readOnly: volume.gcs.readOnly ?? false } };
  if ('nfs' in volume) return { nfs: { ...volume.nfs, readOnly: volume.nfs.readOnly ?? false } };
  if ('emptyDir' in volume) {
    const { medium = 'memory', sizeLimit } = volume.emptyDir;
    return { emptyDir: { medium: medium.toUpperCase(), sizeLimit } };
  }
  return {
    secret: {
      secret: volume.secret,
      defaultMode: fileMode(volume.mode ?? '0444'),
      items: secretItems(volume).map(({ path, version, mode }) => ({
        path,
        version: version ?? 'latest',
        mode: mode === undefined ? undefined : fileMode(mode),
      })),
    },
  };
}

function secretItems(volume: SecretVolume): readonly SecretItem[] {
  if (volume.items?.length) return volume.items;
  return [{ path: volume.path ?? secretId(volume.secret), version: volume.version }];
}

/** The last part of a secret's name. */
function secretId(secret: string): string {
  return isToken(secret) ? Fn.basename(secret) : (secret.split('/').at(-1) ?? secret);
}

/** A file mode as Terraform writes it: the decimal number of the octal string. */
function fileMode(octal: string): number {
  return isToken(octal) ? Token.asNumber(Fn.parseint(octal, 8)) : Number.parseInt(octal, 8);
}
