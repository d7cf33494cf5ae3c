import { type Inventory, placeName, type Resource } from '../terraform-json/resource';
import {
  block,
  blocks,
  isHidden,
  isLeftOut,
  isTrue,
  isValues,
  KNOWN_AFTER_APPLY,
  known,
  list,
  shown,
  text,
  Unknown,
  type Value,
  type Values,
  within,
} from '../terraform-json/value';

/** The ingress settings as gcloud spells them, or why it is not known. */
export type Ingress = 'all' | 'internal' | 'internal-and-cloud-load-balancing' | Unseen;

/** Why a value is not shown: it is not known yet, it is sensitive, or its resource is not in the stack. */
export type Unseen = '(known after apply)' | '(sensitive value)' | '(not in this stack)';

/** A Cloud Run service, of any resource type. */
export interface Service {
  /** The Terraform address, or the name in a grant if the stack does not manage the service. */
  readonly address: string;
  /** Whether the stack manages the service; if not, only grants on it and names for it are known. */
  readonly managed: boolean;
  readonly name: string;
  readonly project: string;
  readonly location: string;
  readonly ingress: Ingress;
  /** Whether Cloud Run checks callers at all. */
  readonly invokerCheck: boolean;
  /** Whether IAP is on for the service itself. */
  readonly iap: boolean;
  /** Whether the invoker check and IAP are known; if not, they may be off. */
  readonly gateKnown: boolean;
  /** Whether it has a run.app URL. */
  readonly defaultUrl: boolean;
  /** Its run.app URLs, if they are known. */
  readonly urls: readonly string[];
  /** Tags of traffic targets: each has a separate URL. */
  readonly tags: readonly string[];
  /** The account that its instances run as. */
  readonly serviceAccount: Value;
}

/** The types of resource that manage a service. */
export const SERVICE_TYPES = [
  'google_cloud_run_v2_service',
  'google_cloud_run_service',
  'google_cloudfunctions2_function',
] as const;

const INGRESS_V2: Readonly<Record<string, Ingress>> = {
  INGRESS_TRAFFIC_ALL: 'all',
  INGRESS_TRAFFIC_INTERNAL_ONLY: 'internal',
  INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER: 'internal-and-cloud-load-balancing',
};

const INGRESS_V1: Readonly<Record<string, Ingress>> = Object.fromEntries(
  Object.values(INGRESS_V2).map((word) => [word, word]),
);

/** Functions of the second generation are services of Cloud Run (cloud.google.com/functions/docs/networking/network-settings). */
const INGRESS_FUNCTION: Readonly<Record<string, Ingress>> = {
  ALLOW_ALL: 'all',
  ALLOW_INTERNAL_ONLY: 'internal',
  ALLOW_INTERNAL_AND_GCLB: 'internal-and-cloud-load-balancing',
};

/** Reads a `google_cloud_run_v2_service`, a `google_cloudfunctions2_function` or a `google_cloud_run_service`, resource or data source. */
export function readService(resource: Resource, inventory: Inventory): Service {
  const common = {
    address: resource.address,
    managed: resource.mode === 'managed',
    name: shown(resource.values.name),
    project: inventory.projectOf(resource) ?? KNOWN_AFTER_APPLY,
    location: placeName(resource.values.location) ?? shown(resource.values.location),
  };
  if (resource.type === 'google_cloud_run_v2_service') return { ...common, ...readV2(resource.values) };
  if (resource.type === 'google_cloud_run_service') return { ...common, ...readV1(resource.values) };
  return { ...common, ...readFunction(resource.values) };
}

type Settings = Omit<Service, 'address' | 'managed' | 'name' | 'project' | 'location'>;

function readV2(values: Values): Settings {
  return {
    ingress: ingress(values.ingress, INGRESS_V2),
    invokerCheck: !isTrue(values.invoker_iam_disabled),
    iap: isTrue(values.iap_enabled),
    gateKnown: !isHidden(values.invoker_iam_disabled) && !isHidden(values.iap_enabled),
    defaultUrl: !isTrue(values.default_uri_disabled),
    urls: knownUrls([values.uri, ...list(values.urls)]),
    tags: tags(values.traffic),
    serviceAccount: block(values.template).service_account,
  };
}

function readV1(values: Values): Settings {
  const annotations = within(values.metadata, 'annotations');
  const annotation = (name: string): Value =>
    isValues(annotations) ? annotations[`run.googleapis.com/${name}`] : annotations;
  return {
    ingress: ingress(annotation('ingress'), INGRESS_V1),
    invokerCheck: !isTrue(annotation('invoker-iam-disabled')),
    iap: isTrue(annotation('iap-enabled')),
    gateKnown: !isHidden(annotation('invoker-iam-disabled')) && !isHidden(annotation('iap-enabled')),
    defaultUrl: !isTrue(annotation('default-url-disabled')),
    urls: knownUrls([block(values.status).url]),
    tags: tags(values.traffic),
    serviceAccount: block(block(values.template).spec).service_account_name,
  };
}

function readFunction(values: Values): Settings {
  const config = (name: string) => within(values.service_config, name);
  return {
    ingress: ingress(config('ingress_settings'), INGRESS_FUNCTION),
    invokerCheck: true,
    iap: false,
    gateKnown: true,
    defaultUrl: true,
    urls: knownUrls([config('uri'), values.url]),
    tags: [],
    serviceAccount: config('service_account_email'),
  };
}

/** If it is left out, Cloud Run takes its default, which is also the widest. */
function ingress(value: Value, words: Readonly<Record<string, Ingress>>): Ingress {
  if (isLeftOut(value)) return 'all';
  if (value instanceof Unknown) return value.text;
  return words[String(text(value))] ?? KNOWN_AFTER_APPLY;
}

function knownUrls(values: readonly Value[]): readonly string[] {
  return [...new Set(values.flatMap((value) => known(value) ?? []))].sort();
}

function tags(traffic: Value): readonly string[] {
  const named = blocks(traffic).filter((target) => !isLeftOut(target.tag));
  return [...new Set(named.map((target) => shown(target.tag)))].sort();
}
