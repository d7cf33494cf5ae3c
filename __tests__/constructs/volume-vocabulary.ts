import type { VolumesProps } from '../../constructs';

/** Volumes and Cloud SQL instances, the Terraform argument of the service that they become, and its value. */
export const VOLUME_ROWS: readonly [props: VolumesProps, argument: string, value: unknown][] = [
  [
    { volumes: { keys: { mountPath: '/keys', secret: 'keys', version: '2', path: 'key.pem', mode: '0400' } } },
    'template.volumes',
    [{ name: 'keys', secret: { secret: 'keys', default_mode: 256, items: [{ path: 'key.pem', version: '2' }] } }],
  ],
  [
    { volumes: { keys: { mountPath: '/keys', secret: 'keys', items: [{ path: 'a', version: '1', mode: '0440' }] } } },
    'template.volumes.0.secret',
    { secret: 'keys', default_mode: 292, items: [{ path: 'a', version: '1', mode: 288 }] },
  ],
  [
    { volumes: { data: { mountPath: '/data', gcs: { bucket: 'acme-data', readOnly: true } } } },
    'template.volumes',
    [{ name: 'data', gcs: { bucket: 'acme-data', read_only: true } }],
  ],
  [
    { volumes: { share: { mountPath: '/share', nfs: { server: '10.0.0.2', path: '/export' } } } },
    'template.volumes',
    [{ name: 'share', nfs: { server: '10.0.0.2', path: '/export', read_only: false } }],
  ],
  [
    { volumes: { tmp: { mountPath: '/tmp/x', emptyDir: { sizeLimit: '64Mi' } } } },
    'template.volumes',
    [{ name: 'tmp', empty_dir: { medium: 'MEMORY', size_limit: '64Mi' } }],
  ],
  [
    { volumes: { tmp: { mountPath: '/tmp/x', emptyDir: { medium: 'disk', sizeLimit: '10Gi' } } } },
    'template.volumes',
    [{ name: 'tmp', empty_dir: { medium: 'DISK', size_limit: '10Gi' } }],
  ],
  [
    { volumes: { tmp: { mountPath: '/tmp/x', emptyDir: {} } }, cloudSqlInstances: ['main'] },
    'template.containers.0.volume_mounts',
    [
      { name: 'tmp', mount_path: '/tmp/x' },
      { name: 'cloudsql', mount_path: '/cloudsql' },
    ],
  ],
  [
    { cloudSqlInstances: ['other:europe-west1:b', 'main'] },
    'template.volumes',
    [{ name: 'cloudsql', cloud_sql_instance: { instances: ['acme-prod:europe-west1:main', 'other:europe-west1:b'] } }],
  ],
  [
    { volumes: { tmp: { mountPath: '/tmp/x', subPath: 'x', emptyDir: {} } }, cloudSqlInstances: ['main'] },
    'template.containers.0.volume_mounts',
    [
      { name: 'tmp', mount_path: '/tmp/x', sub_path: 'x' },
      { name: 'cloudsql', mount_path: '/cloudsql' },
    ],
  ],
  [
    { volumes: { data: { mountPath: '/data', gcs: { bucket: 'acme-data', mountOptions: ['implicit-dirs'] } } } },
    'template.volumes.0.gcs',
    { bucket: 'acme-data', read_only: false, mount_options: ['implicit-dirs'] },
  ],
];
