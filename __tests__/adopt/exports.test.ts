import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { adopt } from '../../adopt/adopt';

/** The parts of an export of a service that differ from the others. */
interface Export {
  readonly annotations?: object;
  readonly labels?: object;
  readonly metadata?: object;
  readonly template?: object;
  readonly templateMetadata?: object;
  readonly container?: object;
  readonly spec?: object;
  readonly traffic?: object[];
  readonly others?: object[];
}

const IMAGE = 'europe-docker.pkg.dev/acme/apps/web:1.4.2';

function exportOf(service: Export): object {
  const {
    annotations = {},
    labels,
    metadata,
    template,
    templateMetadata,
    container,
    spec,
    traffic,
    others = [],
  } = service;
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: '123456789012',
      labels: { 'cloud.googleapis.com/location': 'europe-west1', ...labels },
      annotations: prefixed(annotations),
      ...metadata,
    },
    spec: {
      template: {
        metadata: { annotations: prefixed({ 'startup-cpu-boost': 'true', ...template }), ...templateMetadata },
        spec: {
          containers: [{ image: IMAGE, ...container }, ...others],
          serviceAccountName: 'web-run@acme-prod.iam.gserviceaccount.com',
          ...spec,
        },
      },
      traffic: traffic ?? [{ latestRevision: true, percent: 100 }],
    },
  };
}

/** Names without a domain are Google's. */
function prefixed(annotations: object): object {
  const entries = Object.entries(annotations);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.includes('/') ? name : `run.googleapis.com/${name}`, value]),
  );
}

function adopted(text: string, name = 'web.yaml') {
  const adoption = adopt([{ name, text }], { environment: 'prod', project: 'acme-prod', region: 'europe-west1' });
  const { image: _image, serviceAccount: _account, ...props } = parse(adoption.services).services.web;
  return { props, left: adoption.leftOut.map(({ about }) => about.replace('web.yaml: service web: ', '')), adoption };
}

/** Services as in public repositories, and the adopted service of each. */
const EXPORTS: Readonly<Record<string, { export: Export; becomes: object; left?: readonly string[] }>> = parse(
  readFileSync(join(__dirname, 'exports.yaml'), 'utf8'),
);

test.each(Object.entries(EXPORTS))('%s', (_, { export: service, becomes, left = [] }) => {
  const seen = adopted(stringify(exportOf(service)));
  expect(seen.props).toEqual(becomes);
  expect(seen.left).toEqual(left);
});

test('a value of a variable is in the file, and never in the report', () => {
  const { adoption } = adopted(
    stringify(exportOf({ container: { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] } })),
  );
  expect(adoption.services).toContain('hunter2');
  const report = [...adoption.leftOut, ...adoption.outcome.changed, ...adoption.problems];
  expect(JSON.stringify(report)).not.toContain('hunter2');
  expect(adoption.problems.map(({ code }) => code)).toContain('secret-in-env');
});

test('JSON, a list, a stream and a page of a list are the same as single files', () => {
  const one = exportOf({});
  const { props } = adopted(JSON.stringify(one));
  expect(adopted(JSON.stringify([one])).props).toEqual(props);
  expect(adopted(`---\n${stringify(one)}---\n`).props).toEqual(props);
  expect(adopted(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [one] })).props).toEqual(props);
});

/** Files that are not services, and the refusal of each. */
const FOREIGN = [
  ['apiVersion: v1\nkind: Service\nmetadata: {name: web}\n', 'is a Kubernetes Service'],
  ['apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n', 'is a Deployment of apps/v1'],
  ['apiVersion: run.googleapis.com/v1\nkind: Job\nmetadata: {name: nightly}\n', 'is a Cloud Run job'],
  [
    'apiVersion: serving.knative.dev/v1\nkind: Revision\nmetadata: {name: web-00001-abc}\n',
    'is a Revision of serving.knative.dev/v1',
  ],
  ['services:\n  web:\n    image: nginx\n', 'is a compose file'],
  ['environments: {prod: {}}\nservices: {web: {}}\n', 'is a services.yaml already'],
  ['{"version": 4, "lineage": "a", "resources": []}', 'is a raw state file'],
  ['[1, 2]', 'is neither a service nor anything else that can be adopted'],
  ['a: [', 'neither YAML nor JSON'],
  ['', 'the file is empty'],
  ['a: &a [*a, *a]\n', 'no Cloud Run service'],
] as const;

test.each(FOREIGN)('%j is refused with what it is', (text, words) => {
  expect(() => adopted(text, 'file.yaml')).toThrow(words);
});
