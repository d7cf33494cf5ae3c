import type { CloudRunServiceProps } from '../../constructs';
import { deployed } from '../../emulator';
import schema from '../../services-yaml/services.schema.json';
import { ROWS } from '../constructs/vocabulary';
import {
  type Configuration,
  describeWithTerraform,
  settingsOf,
  useWorkspace,
  type Workspace,
} from '../emulator/harness';
import { inGroups } from '../emulator/modules';
import { servicesOf } from './configuration';

type Props = Partial<CloudRunServiceProps<string>>;

/** Keys that keep their value on purpose after they are removed, or have no effect in the cloud. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  image: 'has no default to come back to',
  maxInstances: "is Cloud Run's choice when it is left out, so the old one stays",
  max: "is Cloud Run's choice when it is left out, so the old one stays",
  tags: 'replace the service when they change',
  launchStage: 'is left to Cloud Run when it is left out',
  imageUpdates: 'says who decides, which is nothing in the cloud',
  trafficUpdates: 'says who decides, which is nothing in the cloud',
  deletionProtection: 'is nothing in the cloud',
  calls: 'is tested with the service that is called',
  schedules: 'are resources of their own, with a test of their own',
  taskQueues: 'are resources of their own, with a test of their own',
  subscriptions: 'are resources of their own, with a test of their own',
  events: 'are resources of their own, with a test of their own',
  regions: 'changes addresses, which has a test of its own',
};

/** Values that differ from the default, for keys that are not one argument of the service. */
const BESIDE_THE_SERVICE: readonly Props[] = [
  { access: 'public' },
  { access: 'public', invokerIamCheck: false },
  { invokers: ['user:a@example.com'] },
  { invokerPolicy: 'authoritative' },
  { iam: { 'roles/run.developer': ['user:a@example.com'] } },
  { domains: ['www.example.com', { name: 'example.com', certificate: 'none' }] },
  { roles: ['roles/datastore.user'] },
  { iap: { members: ['user:a@example.com'] } },
  { traffic: [{ latest: true, percent: 100, tag: 'next' }] },
];

/** Every way to set a key, one service each. A revision that traffic is pinned to would have to exist. */
const WAYS: readonly Props[] = [
  ...ROWS.map(([props]) => props).filter((props) => !props.traffic && !isException(props)),
  ...BESIDE_THE_SERVICE,
];

function isException(props: Props): boolean {
  return Object.keys(props).some((key) => key in EXCEPTIONS && key !== 'maxInstances');
}

test('every key of a service can be set and removed here, or has a reason why not', () => {
  const known = new Set([...WAYS.flatMap(Object.keys), ...Object.keys(EXCEPTIONS)]);
  const keys = Object.keys(schema.definitions.CloudRunServiceProps.properties);
  expect(keys.filter((key) => !known.has(key))).toEqual([]);
});

/** Terraform writes the whole state after each resource, so an apply of all services together would take longer. */
const TOGETHER = 30;

describeWithTerraform('the file decides every value', () => {
  for (const [group, ways] of inGroups(WAYS, TOGETHER).entries()) {
    const first = group * TOGETHER;
    describe(`ways ${first} and after`, () => decides(ways, first));
  }
});

function decides(ways: readonly Props[], first: number): void {
  const fresh = configurationOf(ways.map(() => ({})));
  // `maxInstances` is the only setting that keeps its value, so it is not compared here.
  const set = configurationOf(ways.map(({ maxInstances: _, ...props }, index) => withNames(props, first + index)));
  const changed = useDeployed(set);
  const untouched = useDeployed(fresh);

  test('a key that is set and then removed gives the cloud that never had it', async () => {
    await changed.current.write(fresh).apply();
    expect(settingsOf(changed.current.cloud)).toEqual(settingsOf(untouched.current.cloud));
    // No resource: the output with a service's default URL is one apply late, because the plan of an update does not know the URL.
    expect((await changed.current.plan()).actions).toEqual({});
  });
}

/** A workspace in which a configuration is deployed. */
function useDeployed(configuration: Configuration): { readonly current: Workspace } {
  const used = useWorkspace();
  beforeEach(async () => {
    const { folder, cloud } = used.current.write(configuration);
    const { state } = await deployed({ folder, environment: process.env }, cloud);
    used.current.file('terraform.tfstate', JSON.stringify(state));
  });
  return used;
}

function configurationOf(services: readonly Props[]): Configuration {
  const named = services.map((props, index) => [`service-${index}`, props]);
  return servicesOf(Object.fromEntries(named), { projectNumber: '123456789012' });
}

/** Names that a project has once, made different for each service. */
function withNames(props: Props, index: number): Props {
  const unique = (name: string) => `${name}-${index}`;
  return {
    ...props,
    ...(props.name ? { name: unique(props.name) } : {}),
    ...(typeof props.serviceAccount === 'object'
      ? { serviceAccount: { name: unique(props.serviceAccount.name) } }
      : {}),
  };
}
