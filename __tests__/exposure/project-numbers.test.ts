import { exposureMermaid, exposureOf, exposureTable, readPlan } from '../../exposure';
import { backend, loadBalancer } from '../../review/example-load-balancer';
import {
  API,
  type ChangeJson,
  created,
  DOMAIN_MAPPING,
  INTERNAL,
  invoker,
  LOAD_BALANCED,
  MAPPED_DOMAIN,
  PUBLIC,
  planOf,
  service,
  unchanged,
} from '../../review/fragment';
import { reviewOfChanges } from '../review/reviewed';

const NUMBER = '123456789012';
const ON_PROJECT = 'google_project_iam_member.all';
const onProject = (project: string, role = 'roles/run.invoker') => ({ project, role, member: 'allUsers' });
const agent = (project: string, number: string, product = 'serverless-robot-prod') =>
  unchanged('google_project_iam_member.agent', {
    project,
    role: 'roles/run.serviceAgent',
    member: `serviceAccount:service-${number}@${product}.iam.gserviceaccount.com`,
  });

const stackOf = (...parts: readonly ChangeJson[]) => exposureOf('prod', readPlan(planOf(...parts)).after);

function apiOf(...parts: readonly ChangeJson[]) {
  const stack = stackOf(...parts);
  const [api] = stack.services.filter(({ address }) => address === API);
  if (!api) throw new Error('there is no service');
  return { stack, api };
}

const GRANTS: readonly (readonly [what: string, project: string, grants: readonly ChangeJson[]])[] = [
  ['a grant on the project by its number', 'acme-prod', [created(ON_PROJECT, onProject(NUMBER))]],
  ['a grant on the service by the number', 'acme-prod', [created(PUBLIC, { ...invoker('allUsers'), project: NUMBER })]],
  [
    'a grant on the service by an id with the number',
    'acme-prod',
    [
      created(PUBLIC, {
        ...invoker('allUsers'),
        project: null,
        name: `projects/${NUMBER}/locations/europe-west1/services/api`,
      }),
    ],
  ],
  ['a service by the number, granted by the id', NUMBER, [created(ON_PROJECT, onProject('acme-prod'))]],
  [
    'a grant by a number that an account of another project has',
    'acme-prod',
    [created(ON_PROJECT, onProject(NUMBER)), agent('acme-shared', NUMBER)],
  ],
];

describe.each(GRANTS)('%s, where nothing shows whose number it is', (_, project, grants) => {
  const parts = [unchanged(API, service({ project })), ...grants];

  test('may open the service: in its row, the summary, the diagram and the JSON', () => {
    const { stack, api } = apiOf(...parts);
    expect(api.authentication).toBe('(known after apply)');
    expect(api.callers).toContain('(known after apply)');
    expect(api.doubts).toEqual(['who else may call is not known']);
    expect(stack.services).toHaveLength(1);
    expect(stack.notes.join()).toContain('whether it opens api cannot be determined');
    expect(exposureTable({ stacks: [stack] })).toContain('1 cannot be determined');
    expect(exposureMermaid({ stacks: [stack] })).toContain('(known after apply)');
  });

  test('is a critical finding that says what cannot be determined', () => {
    const findings = reviewOfChanges(...parts).findings;
    expect(findings.filter(({ severity }) => severity === 'critical').map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^allUsers gets roles\/run.invoker on a service that cannot be determined: .*are one project$/,
      ),
    ]);
  });
});

const KNOWN: readonly (readonly [what: string, others: readonly ChangeJson[]])[] = [
  ['a URL with the number', [unchanged(API, service({ urls: [`https://api-${NUMBER}.europe-west1.run.app`] }))]],
  ['an account of the project', [unchanged(API, service()), agent('acme-prod', NUMBER)]],
  [
    'the default account',
    [unchanged(API, service({ template: [{ service_account: `${NUMBER}-compute@developer.gserviceaccount.com` }] }))],
  ],
  [
    'the project itself',
    [unchanged(API, service()), unchanged('google_project.prod', { project_id: 'acme-prod', number: NUMBER })],
  ],
];

test.each(KNOWN)('the number is known by %s', (_, others) => {
  const { api } = apiOf(created(ON_PROJECT, onProject(NUMBER)), ...others);
  expect(api).toMatchObject({ authentication: 'none', callers: ['allUsers'], doubts: [] });
});

const OTHERS: readonly (readonly [what: string, others: readonly ChangeJson[]])[] = [
  ['of another project', [unchanged('google_project.other', { project_id: 'acme-shared', number: NUMBER })]],
  [
    'where the project has a number of its own',
    [unchanged('google_project.prod', { project_id: 'acme-prod', number: '99' })],
  ],
];

test.each(OTHERS)('a number %s opens nothing here', (_, others) => {
  const { api } = apiOf(unchanged(API, service()), created(ON_PROJECT, onProject(NUMBER)), ...others);
  expect(api).toMatchObject({ authentication: 'iam', callers: [], doubts: [] });
});

test('an endpoint group by the number may lead to the service', () => {
  const parts = loadBalancer({ service: LOAD_BALANCED }).map((part) =>
    part.type === 'google_compute_region_network_endpoint_group'
      ? unchanged(part.address, { ...(part.change.after as object), project: NUMBER })
      : part,
  );
  const backendService = unchanged('google_compute_backend_service.edge_api', backend());
  const { stack, api } = apiOf(...parts, backendService);
  expect(api.entries.filter(({ via }) => via === 'load-balancer').map(({ url, from }) => `${url} ${from}`)).toEqual([
    'https://www.example.com/ (known after apply)',
  ]);
  expect(api.doubts.join()).toContain('leads to it is not known');
  expect(stack.notes.join()).toContain('google_compute_region_network_endpoint_group.edge_api');
});

test('a domain mapping by the number may lead to the service', () => {
  const mapping = unchanged(MAPPED_DOMAIN, { ...DOMAIN_MAPPING, project: NUMBER });
  const { api } = apiOf(unchanged(API, service()), mapping);
  expect(api.entries).toContainEqual(
    expect.objectContaining({ url: 'https://api.example.com/', from: '(known after apply)' }),
  );
  expect(api.doubts).toEqual([`whether ${MAPPED_DOMAIN} leads to it is not known`]);
});

test('members of IAP by a grant on a number cannot be determined', () => {
  const { api } = apiOf(
    unchanged(API, service({ ...INTERNAL, iap_enabled: true })),
    created(ON_PROJECT, onProject(NUMBER, 'roles/iap.httpsResourceAccessor')),
  );
  expect(api).toMatchObject({ authentication: '(known after apply)', doubts: ['who else may call is not known'] });
});
