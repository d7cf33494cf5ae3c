import { fileWith, problemsOf } from './problems';

/** What people write who know gcloud, compose or Kubernetes, and what they are told: the keys of a service, its line, column and path left out. */
const IN_A_SERVICE: Record<string, [keys: string, message: string]> = {
  'a region with a typing mistake': [
    'region: europe-wset1',
    "services.api.region: 'europe-wset1' was not a region in November 2025; write 'europe-west1', unless it is newer [unknown-region]",
  ],
  'a zone as region': [
    'region: europe-west4-b',
    "services.api.region: 'europe-west4-b' is not a region; write 'europe-west4' [region-name]",
  ],
  'access: true': [
    'access: true',
    'services.api.access: true is not one of private, public: write public for everybody on the internet, or private for named callers',
  ],
  'public: true': ['public: true', "services.api: 'public' is refused: write access: public"],
  'private: true': ['private: true', "services.api: 'private' is refused: write access: private, or leave it out"],
  "the API's word for an ingress": [
    'ingress: INGRESS_TRAFFIC_INTERNAL_ONLY',
    "services.api.ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' is not one of all, internal, internal-and-cloud-load-balancing: write internal",
  ],
  'a list of variables, as compose has it': [
    'env: [LOG=debug, PASSWORD=hunter2]',
    'services.api.env: a list is not a map: write a map, each name before its value, {LOG: …, PASSWORD: …}',
  ],
  'a list of variables, as Kubernetes has it': [
    'env: [{name: LOG, value: debug}]',
    'services.api.env: a list is not a map: write a map, each name before its value, {LOG: …}',
  ],
  'a list of volumes': [
    'volumes: [{name: data, emptyDir: {}}, {name: keys}, {name: a}, {name: b}]',
    'services.api.volumes: a list is not a map: write a map, each name before its value, {data: …, keys: …, a: …, …}',
  ],
  'a list of values without names': [
    'labels: [payments]',
    'services.api.labels: a list is not a map: write a map, each name before its value, {NAME: …}',
  ],
  'a map with dashes': [
    'sidecars: {proxy: [{image: a/b:1}, {cpu: 1}]}',
    'services.api.sidecars.proxy: a list is not a map: write its keys as one map, {image: …, cpu: …}',
  ],
  "gcloud's change of a list": [
    'set-cloudsql-instances: [main]',
    "services.api: 'set-cloudsql-instances' is refused: write cloudSqlInstances",
  ],
  "gcloud's change of secrets": [
    'updateSecrets: {KEY: "key:1"}',
    "services.api: 'updateSecrets' is refused: write env, with {secret, version} as a value, or volumes",
  ],
  'what gcloud takes away': [
    'clear-env-vars: true',
    "services.api: 'clear-env-vars' is refused: an apply removes what is not in the file; leave it out",
  ],
  'what the google provider cannot write': [
    'encryptionKeyShutdownHours: 1',
    "services.api: 'encryptionKeyShutdownHours' is refused: version 7.45.0 of the google provider cannot write it",
  ],
  "gcloud's size of a disk": [
    'volumes: {tmp: {mountPath: /tmp, emptyDir: {medium: disk, size: 10Gi}}}',
    "services.api.volumes.tmp.emptyDir: 'size' is refused: write sizeLimit",
  ],
  "compose's environment": ['environment: {LOG: debug}', "services.api: 'environment' is refused: write env"],
  "compose's ports": [
    'ports: ["8080:80"]',
    "services.api: 'ports' is refused: write port, the one that the container listens on",
  ],
  "compose's build": [
    'build: .',
    "services.api: 'build' is refused: this project writes Cloud Run services, not builds; build the image in CI and write image",
  ],
  "compose's restart": [
    'restart: always',
    "services.api: 'restart' is refused: Cloud Run restarts what ends by itself; leave it out",
  ],
  "compose's replicas": [
    'replicas: 3',
    "services.api: 'replicas' is refused: write minInstances and maxInstances, or scaling for a fixed count",
  ],
  "compose's healthcheck": [
    'healthcheck: {test: curl}',
    "services.api: 'healthcheck' is refused: write startupProbe or livenessProbe",
  ],
  "compose's env_file": [
    'env_file: .env',
    "services.api: 'env_file' is refused: write env, name by name: no other file is read",
  ],
  cloudsql: ['cloudsql: [main]', "services.api: 'cloudsql' is refused: write cloudSqlInstances"],
  cron: ['cron: 0 3 * * *', "services.api: 'cron' is refused: write schedules, each by its name"],
  secret: [
    'secret: db-password',
    "services.api: 'secret' is refused: write env, with {secret, version} as a value, or volumes",
  ],
  ram: ['ram: 1Gi', "services.api: 'ram' is refused: write memory"],
  'cron in a schedule': [
    'schedules: {nightly: {cron: 0 3 * * *, schedule: 0 3 * * *}}',
    "services.api.schedules.nightly: 'cron' is refused: write schedule",
  ],
  "Kubernetes' reference to a secret": [
    'env: {KEY: {valueFrom: {secretKeyRef: {name: key}}, secret: key, version: "1"}}',
    'services.api.env.KEY: \'valueFrom\' is refused: write {secret: NAME, version: "1"}',
  ],
  'a URL as a domain': [
    'access: public\ndomains: ["https://www.Example.com/shop"]',
    "services.api.domains[0]: 'https://www.example.com/shop' is not a host name; write 'www.example.com' [domain-name]",
  ],
  "gcloud's form of a secret as a value": [
    'env: {DB: db-password:latest}',
    "services.api.env.DB: 'db-password:latest' is text here, and not a secret; if the secret is meant, write {secret: db-password, version: latest} [secret-as-text]",
  ],
  "the API's name of a secret as a value": [
    'env: {DB: projects/acme-prod/secrets/db/versions/3}',
    "services.api.env.DB: 'projects/acme-prod/secrets/db/versions/3' is text here, and not a secret; if the secret is meant, write {secret: projects/acme-prod/secrets/db, version: 3} [secret-as-text]",
  ],
  'four fields of cron': [
    'schedules: {nightly: {schedule: 0 3 * *}}',
    "services.api.schedules.nightly.schedule: '0 3 * *' is not a schedule: it has 4 fields of five; write minute, hour, day, month and day of week, such as '0 3 * * *' [cron-syntax]",
  ],
  'six fields of cron': [
    'schedules: {nightly: {schedule: 0 0 3 * * *}}',
    "services.api.schedules.nightly.schedule: '0 0 3 * * *' is not a schedule: it has 6 fields of five, and no field of seconds; write minute, hour, day, month and day of week, such as '0 3 * * *' [cron-syntax]",
  ],
  'a timeout longer than the job waits': [
    'timeout: 15m\nschedules: {nightly: {schedule: 0 3 * * *}}',
    'services.api.schedules.nightly: the job of Cloud Scheduler waits 180 seconds for an answer that may take 900, and calls again; raise attemptDeadline, or lower timeout, unless the work may be done twice [timeout-over-deadline]',
  ],
  'an image without tag': [
    'sidecars: {proxy: {image: envoyproxy/envoy}}',
    "services.api.sidecars.proxy.image: 'envoyproxy/envoy' has no tag and no digest; write a tag, such as 'envoyproxy/envoy:1.0.0', or a digest [image-without-tag]",
  ],
  'an image of a registry that Cloud Run does not pull from': [
    'sidecars: {proxy: {image: "ghcr.io/acme/proxy:1.0.0"}}',
    "services.api.sidecars.proxy.image: Cloud Run does not pull from 'ghcr.io'; copy the image to Artifact Registry, or make a remote repository there and name the image in it, such as europe-docker.pkg.dev/acme/remote/api:1.0.0 [image-registry]",
  ],
  "compose's ports as port": [
    'port: "8080:80"',
    "services.api.port: '8080:80' is not a number: write 80, on which the container listens",
  ],
  "compose's depends_on": [
    'depends_on: [db]',
    "services.api: 'depends_on' is refused: write calls for the services that this one calls: none waits for another to start; dependsOn is for its sidecars",
  ],
  "compose's depends_on in a sidecar": [
    'sidecars: {proxy: {image: "a/b:1", depends_on: [api]}}',
    "services.api.sidecars.proxy: unknown key 'depends_on' (did you mean 'dependsOn'?)",
  ],
  'iap: true': ['iap: true', 'services.api.iap: true is not a map: write {members: [group:team@example.com]}'],
  'access and iap as names of variables': [
    'env: {access: true}',
    'services.api.env.access: true is not a string or {secret: …}: quote it, "true"',
  ],
  'a domain in place of a list': [
    'domains: www.example.com',
    'services.api.domains: a string is not a list: write [www.example.com]',
  ],
  'callers in one string': [
    'invokers: user:a@example.com, user:b@example.com',
    'services.api.invokers: a string is not a list: write [user:a@example.com, user:b@example.com]',
  ],
  'a command in one string': [
    'command: npm start --password=hunter2',
    'services.api.command: a string is not a list: write each word as an entry, [npm, start]',
  ],
  'a list in a list': [
    'invokers: [[user:a@example.com]]',
    'services.api.invokers[0]: a list is not a string: write its entries in the outer list',
  ],
  'a map of traffic': [
    'traffic: {latest: true, percent: 100}',
    'services.api.traffic: a map is not a list: write a list of maps, [{latest: …, percent: …}]',
  ],
  'a map of domains': [
    'domains: {www.example.com: {}}',
    'services.api.domains: a map is not a list: write a list, [www.example.com]',
  ],
  'overrides in a service': [
    'overrides: {prod: {cpu: 2}}',
    "services.api: 'overrides' is refused: write services in the environment, with what differs there by the key of each service",
  ],
  'memory as a number': ['memory: 512', 'services.api.memory: 512 is not a string: write 512Mi'],
  'memory in another unit': [
    'memory: 512MB',
    "services.api.memory: '512MB' is not an amount of memory; write '512Mi' [memory-amount]",
  ],
  'a variable in place of the map': [
    'env: LOG=debug',
    'services.api.env: a string is not a map: write a map, each name before its value, {LOG: …}',
  ],
  'a secret by another name': [
    'env: {KEY: {secretName: key}}',
    "services.api.env.KEY: 'secretName' is refused: write secret",
  ],
  'a list of one word': [
    'ingress: [internal]',
    'services.api.ingress: a list is not one of all, internal, internal-and-cloud-load-balancing: write one value, without brackets and dashes',
  ],
  'access: internal': [
    'access: internal',
    "services.api.access: 'internal' is not one of private, public: write private, and ingress: internal for requests from networks alone",
  ],
  'binaryAuthorization: true': [
    'binaryAuthorization: true',
    'services.api.binaryAuthorization: true is not a string: write default, for the policy of the project',
  ],
  'the kind of a GPU as gpu': [
    'gpu: nvidia-l4',
    "services.api.gpu: 'nvidia-l4' is not a number: write 1, and gpuType: nvidia-l4, which is the default",
  ],
  'the path of a mount': [
    'volumes: {data: {path: /data, emptyDir: {}}}',
    "services.api.volumes.data: 'path' is refused: write mountPath",
  ],
  'a bucket in place of its map': [
    'volumes: {data: {mountPath: /data, gcs: acme-data}}',
    'services.api.volumes.data.gcs: a string is not a map: write {bucket: acme-data}',
  ],
  'a bucket with its scheme': [
    'volumes: {data: {mountPath: /data, gcs: {bucket: "gs://acme-data"}}}',
    "services.api.volumes.data.gcs.bucket: 'gs://acme-data' is not a bucket; write 'acme-data' [bucket-name]",
  ],
  'emptyDir: true': [
    'volumes: {data: {mountPath: /data, emptyDir: true}}',
    'services.api.volumes.data.emptyDir: true is not a map: write {}',
  ],
  'a schedule in place of its map': [
    'schedules: {nightly: 0 3 * * *}',
    'services.api.schedules.nightly: a string is not a map: write {schedule: "0 3 * * *"}',
  ],
  'a list of schedules': [
    'schedules: [{schedule: 0 3 * * *}]',
    'services.api.schedules: a list is not a map: write a map, each name before its value, {NAME: …}',
  ],
  'a topic in place of its map': [
    'subscriptions: {orders: orders}',
    'services.api.subscriptions.orders: a string is not a map: write {topic: orders}',
  ],
  'an external service in place of its map': [
    'calls: [{external: billing}]',
    'services.api.calls[0].external: a string is not a map: write {project: …, region: …, name: …}',
  ],
  'a type of events outside of the filters': [
    'events: {upload: {type: google.cloud.storage.object.v1.finalized}}',
    "services.api.events.upload: 'type' is refused: write eventFilters: {type: …}",
  ],
  "a type of events that is not Google's": [
    'events: {upload: {eventFilters: {type: storage.finalized}}}',
    "services.api.events.upload.eventFilters.type: 'storage.finalized' is not one of Google's types, and no channel is named; write a type such as 'google.cloud.storage.object.v1.finalized', or a channel [event-type]",
  ],
  'a probe by its path': [
    'startupProbe: {path: /healthz}',
    "services.api.startupProbe: 'path' is refused: write httpGet: {path: …}",
  ],
  'an image in place of a sidecar': [
    'sidecars: {proxy: "acme/proxy:1"}',
    'services.api.sidecars.proxy: a string is not a map: write {image: "acme/proxy:1"}',
  ],
  'the port of a sidecar': [
    'sidecars: {proxy: {image: "a/b:1", port: 9901}}',
    "services.api.sidecars.proxy: 'port' is refused: requests go to the container of the service; it reaches a sidecar on localhost, whatever the port; leave it out",
  ],
  'a service account as a principal': [
    'serviceAccount: serviceAccount:api@acme-prod.iam.gserviceaccount.com',
    "services.api.serviceAccount: 'serviceAccount:api@acme-prod.iam.gserviceaccount.com' is not the address of a service account; write 'api@acme-prod.iam.gserviceaccount.com' [service-account-form]",
  ],
  'a command with spaces': [
    'command: [npm start]',
    'services.api.command: the whole text would be the name of the program; write each word as an entry, [npm, start] [command-of-several-words]',
  ],
  'the invoker role on the project': [
    'roles: [roles/run.invoker]',
    "services.api.roles[0]: 'roles/run.invoker' on the project lets 'api' call every service in it; write 'calls' with the services that it calls [invoker-on-project]",
  ],
  'a principal among the calls': [
    'calls: ["group:a@example.com"]',
    "services.api.calls[0]: environment 'prod' has no service 'group:a@example.com'; write the key of one of its services [unknown-service]",
  ],
  'a share as latest': [
    'traffic: [{latest: 100}]',
    'services.api.traffic[0].latest: 100 is not true: write true, and percent: 100',
  ],
  'a service inside another': [
    'web: {image: a/b:1}',
    "services.api: 'web' looks like a service: write it beside this one, with the same indentation; a second container belongs in sidecars",
  ],
};

test.each(Object.entries(IN_A_SERVICE))('%s is told with what to write', (_, [keys, message]) => {
  const messages = problemsOf(fileWith(keys)).map((line) => line.replace(/^services\.yaml:\d+:\d+ (?:warning )?/, ''));
  expect(messages).toContain(message);
});

const ENVIRONMENT = 'environments:\n  prod: {project: acme-prod, region: europe-west1}\n';

/** The same for whole files, whose lines are all there is to tell. */
const FILES: Record<string, [text: string, ...lines: string[]]> = {
  'a service at top level': [
    `${ENVIRONMENT}services:\nweb: {image: "a/b:1"}\napi: {access: public}\n`,
    "services.yaml:4:1: 'web' looks like a service: indent it below services",
    "services.yaml:5:1: 'api' looks like a service: indent it below services",
  ],
  'a service in an environment': [
    'environments:\n  prod:\n    project: acme-prod\n    region: europe-west1\n    web: {image: "a/b:1"}\n',
    "services.yaml:5:5 environments.prod: 'web' looks like a service: indent it below services",
  ],
  'an environment at top level': [
    'environments: {}\nprod: {project: acme-prod, region: europe-west1}\n',
    "services.yaml:2:1: 'prod' looks like an environment: indent it below environments",
  ],
  'keys of a service and of an environment at top level': [
    `${ENVIRONMENT}project: acme-prod\nmemory: 1Gi\n`,
    "services.yaml:3:1: 'project' is a key of environments: write it in each of them",
    "services.yaml:4:1: 'memory' is a key of services: write it in a service, or in defaults for all of them",
  ],
  'a list of services': [
    `${ENVIRONMENT}services:\n  - name: web\n    image: a/b:1\n`,
    'services.yaml:4:3 services: a list is not a map: write a map, each name before its value, {web: …}',
  ],
  'an override of a service that is not in the file': [
    'environments:\n  prod: {project: acme-prod, region: europe-west1, services: {wbe: {access: public}}}\nservices: {web: {image: "a/b:1"}}\n',
    "services.yaml:2:63 environments.prod.services.wbe: there is no service 'wbe' to change (did you mean 'web'?); one of this environment alone needs image, one of all environments belongs below services of the file",
  ],
  'overrides in an environment': [
    'environments:\n  prod: {project: acme-prod, region: europe-west1, overrides: {web: {access: public}}}\nservices: {web: {image: "a/b:1"}}\n',
    "services.yaml:2:52 environments.prod: 'overrides' is refused: write services in the environment, with what differs there by the key of each service",
  ],
  'a key of an override that no service has': [
    'environments:\n  prod: {project: acme-prod, region: europe-west1, services: {web: {acess: public}}}\nservices: {web: {image: "a/b:1"}}\n',
    "services.yaml:2:69 environments.prod.services.web: unknown key 'acess' (did you mean 'access'?)",
  ],
  'an override of a load balancer that is not in the file': [
    'environments:\n  prod: {project: acme-prod, region: europe-west1, loadBalancers: {egde: {ipv6: true}}}\nservices: {web: {image: "a/b:1", access: public}}\nloadBalancers: {edge: {domains: [www.example.com], defaultService: web}}\n',
    "services.yaml:2:68 environments.prod.loadBalancers.egde: there is no load balancer 'egde' to change (did you mean 'edge'?); one of this environment alone needs domains and defaultService, one of all environments belongs below loadBalancers of the file",
  ],
  'an unknown region of an environment': [
    'environments: {prod: {project: acme-prod, region: mars-north1}}\nservices: {web: {image: "a/b:1"}}\n',
    "services.yaml:1:51 warning environments.prod.region: 'mars-north1' was not a region in November 2025; write a region such as 'europe-west1', unless it is newer [unknown-region]",
  ],
  'a compose file with a database': [
    `services: {db: {image: "postgres:16"}}\n${ENVIRONMENT}`,
    "services.yaml:1:24 warning services.db.image: 'postgres' takes no HTTP, and its data is lost with the instance; use Cloud SQL, and write its instance in cloudSqlInstances of the services that use it [image-of-a-store]",
  ],
  'the number of a project': [
    'environments: {prod: {project: 123456789012, region: europe-west1}}\nservices: {web: {image: "a/b:1"}}\n',
    "services.yaml:1:32 environments.prod.project: 123456789012 is not a string: write the project's id; its number is projectNumber",
  ],
  'a bucket as a backend': [
    'environments: {prod: {project: acme-prod, region: europe-west1, backend: {bucket: acme-tfstate}}}\nservices: {web: {image: "a/b:1"}}\n',
    "services.yaml:1:75 environments.prod.backend: 'bucket' is refused: write gcs: {bucket: …}",
  ],
  'default for defaults': [
    `${ENVIRONMENT}default: {cpu: 1}\nservices: {web: {image: "a/b:1"}}\n`,
    "services.yaml:3:1: unknown key 'default' (did you mean 'defaults'?)",
  ],
  'a service in defaults': [
    `${ENVIRONMENT}defaults: {web: {cpu: 1}}\nservices: {web: {image: "a/b:1"}}\n`,
    "services.yaml:3:12 defaults: 'web' looks like a service: write it below services",
  ],
  'yes for true': [
    `${ENVIRONMENT}services: {web: {image: "a/b:1", sessionAffinity: yes}}\n`,
    "services.yaml:3:51 services.web.sessionAffinity: 'yes' is not true or false: write true",
  ],
  'what gcloud exports': [
    'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: hello}\nspec: {}\n',
    "services.yaml:1:1: the key 'environments' is missing: write environments: {prod: {project: …, region: …}}",
    "services.yaml:1:1: 'apiVersion' is refused: gcloud exports this form, of which cdktf-cloud-run adopt makes services.yaml",
  ],
  'the version of a compose file': [
    `version: "3"\n${ENVIRONMENT}services: {web: {image: "a/b:1"}}\n`,
    "services.yaml:1:1: 'version' is refused: the form of the file has no version; leave it out",
  ],
};

test.each(Object.entries(FILES))('%s is told with what to write', (_, [text, ...lines]) => {
  const told = problemsOf(text);
  for (const line of lines) expect(told).toContain(line);
});

test('a service among the invokers is told where a call is written', () => {
  const text = `${fileWith('invokers: [web]')}  web: {image: "acme/web:1"}\n`;
  expect(problemsOf(text)).toEqual([
    "services.yaml:7:16 services.api.invokers[0]: 'web' is not a principal; write 'calls: [api]' in 'web' [principal-syntax]",
  ]);
});

test('a value that is wrong in its layer and in what is merged is told once', () => {
  expect(problemsOf(fileWith('schedules: {nightly: true}'))).toHaveLength(1);
});

test('what contradicts Identity-Aware Proxy is told once', () => {
  const keys =
    'iap: {members: ["group:team@example.com"]}\ninvokers: ["user:a@example.com", "user:b@example.com", allUsers]';
  const numbered = (keys: string) => fileWith(keys).replace('west1}', 'west1, projectNumber: "123456789012"}');
  expect(problemsOf(numbered(`access: public\n${keys}`))).toEqual([
    "services.yaml:7:13 services.api.access: access is public, but Identity-Aware Proxy lets only members through; take 'access: public' and 'invokers' away, and name everybody who may use it in 'iap.members' [service-iap-public]",
  ]);
  expect(problemsOf(numbered(keys))).toEqual([
    "services.yaml:8:5 services.api.invokers: the 3 invokers do not get through Identity-Aware Proxy; write them in 'iap.members' [service-iap-invokers]",
  ]);
});

test.each([
  'image: "europe-docker.pkg.dev/acme/apps/api@sha256:%d"'.replace('%d', 'a'.repeat(64)),
  'image: docker.io/library/nginx:1.27',
  'image: gcr.io/acme/api:1',
  'image: acme/api:1',
  'imageUpdates: external\nimage: europe-docker.pkg.dev/acme/apps/api',
  'timeout: 3m\nschedules: {nightly: {schedule: 0 3 * * *}}',
  'timeout: 15m\nschedules: {nightly: {schedule: 0 3 * * *, attemptDeadline: 20m}}\ntaskQueues: {mail: {}}',
  'schedules: {nightly: {schedule: 0 3 * * *}}',
  'env: {HOST: "redis:6379", IMAGE: acme/nginx:latest}',
  'region: us-east5',
])('%s is no mistake', (keys) => {
  const text = fileWith(keys);
  expect(problemsOf(keys.includes('image:') ? text.replace(/ {4}image: .*api:1.0.0\n/, '') : text)).toEqual([]);
});

/** A staging and a production, with these keys of the service `api` in staging. */
function inStaging(keys: string): string {
  return `environments:
  staging: {project: acme-staging, projectNumber: "123456789012", region: europe-west1, services: {api: {${keys}}}}
  prod: {project: acme-prod, region: europe-west1}
services: {api: {image: "europe-docker.pkg.dev/acme-prod/apps/api:1"}}
`;
}

test.each([
  ['cloudSqlInstances: ["acme-prod:europe-west1:main"]', 'acme-prod:europe-west1:main'],
  ['env: {KEY: {secret: projects/acme-prod/secrets/key, version: "1"}}', 'projects/acme-prod/secrets/key'],
  ['serviceAccount: api@acme-prod.iam.gserviceaccount.com', 'api@acme-prod.iam.gserviceaccount.com'],
  [
    'subscriptions: {orders: {topic: {existing: projects/acme-prod/topics/orders}}}',
    'projects/acme-prod/topics/orders',
  ],
])('staging with %s of production is a warning', (keys, name) => {
  const lines = problemsOf(inStaging(keys)).filter((line) => line.includes('[resource-of-another-environment]'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^services\.yaml:2:\d+ warning environments\.staging\.services\.api/);
  expect(lines[0]).toContain(`environment 'staging' uses '${name}', which is of environment 'prod'`);
});

test.each([
  'cloudSqlInstances: ["acme-staging:europe-west1:main"]',
  'cloudSqlInstances: ["acme-shared:europe-west1:main"]',
  'invokers: ["serviceAccount:web@acme-prod.iam.gserviceaccount.com"]',
  'env: {OTHER: projects/acme-prod/topics/orders}',
])('staging with %s uses nothing of production', (keys) => {
  expect(problemsOf(inStaging(keys)).join()).not.toContain('resource-of-another-environment');
});

test('a list of variables does not show their values', () => {
  expect(problemsOf(fileWith('env: [PASSWORD=hunter2, aHVudGVyMg==]')).join()).not.toMatch(/hunter2|aHVudGVyMg/);
});
