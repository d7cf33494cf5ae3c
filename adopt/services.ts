import { isDeepStrictEqual } from 'node:util';
import { SERVICE, type Target } from './environment';
import { Fields } from './fields';
import type { Found, Inventory, Json, Remark } from './found';
import { type ServiceDraft, serviceProps } from './props/service';
import { without } from './props/without';

/** A service that is being added to services.yaml. */
export interface AdoptedService {
  /** Its key in services.yaml. */
  readonly key: string;
  /** Its name in Cloud Run. */
  readonly name: string;
  /** The existing services: one for each region, the first region first. */
  readonly found: readonly [Found, ...Found[]];
  /** The props so far. */
  props: ServiceDraft;
}

/** Props that may differ between the regions of one service. */
const REGIONAL = ['network', 'subnet', 'vpcConnector', 'key'] as const;

/** The services of the environment with their own props; settings that the file cannot express are added to `leftOut`. */
export function adoptServices(inventory: Inventory, target: Target, leftOut: Remark[]): AdoptedService[] {
  const own = inventory.resources.filter(({ type, values }) => type === SERVICE && values.project === target.project);
  const names = [...new Set(own.map(nameOf))].sort();
  return names.flatMap((name) =>
    adopt(
      name,
      own.filter((each) => nameOf(each) === name),
      target,
      leftOut,
    ),
  );
}

function adopt(name: string, found: Found[], target: Target, leftOut: Remark[]): AdoptedService[] {
  const inOrder = found.sort((a, b) => rank(a, target) - rank(b, target) || (regionOf(a) < regionOf(b) ? -1 : 1));
  const each = inOrder.map((one) => ({ one, region: regionOf(one), props: propsOf(one, target, leftOut) }));
  const [first, ...others] = each;
  if (first === undefined) return [];
  if (others.length === 0) {
    const props = without({ region: first.region, ...first.props }, { region: target.region });
    return [{ key: name, name, found: [first.one], props }];
  }
  if (others.every(({ props }) => isDeepStrictEqual(common(props), common(first.props)))) {
    const regional = each.map(({ region, props }) => [region, regionalProps(props)] as const);
    const same = regional.every(([, props]) => isDeepStrictEqual(props, regional[0]?.[1]));
    const props = same
      ? { regions: each.map(({ region }) => region), ...first.props }
      : { regions: Object.fromEntries(regional), ...common(first.props) };
    return [{ key: name, name, found: [first.one, ...others.map(({ one }) => one)], props }];
  }
  // Services with the same name but other props become separate services.
  return each.map(({ one, region, props }) => ({
    key: `${name}-${region}`,
    name,
    found: [one],
    props: without({ name, region, ...props }, { region: target.region }),
  }));
}

function propsOf({ values, source }: Found, { project }: Target, leftOut: Remark[]): ServiceDraft {
  const fields = new Fields(values);
  fields.skip(...COMPUTED);
  const props = serviceProps(fields, { project, region: String(values.location) });
  for (const path of fields.left()) leftOut.push({ about: `${source}: ${path}`, text: 'has no key in services.yaml' });
  return props;
}

/** Arguments that the API or the provider fills in. */
const COMPUTED = [
  ...['conditions', 'create_time', 'creator', 'delete_time', 'effective_annotations', 'effective_labels', 'etag'],
  ...['expire_time', 'generation', 'last_modifier', 'latest_created_revision', 'latest_ready_revision'],
  ...['observed_generation', 'reconciling', 'terminal_condition', 'terraform_labels', 'timeouts'],
  ...[
    'traffic_statuses',
    'uid',
    'update_time',
    'uri',
    'urls',
    'invoker_iam_disabled',
    'project_number',
    'deletion_policy',
  ],
];

function nameOf({ values }: Found): string {
  return String(values.name);
}

function rank(found: Found, { region }: Target): number {
  return regionOf(found) === region ? 0 : 1;
}

function regionOf({ values }: Found): string {
  return String(values.location);
}

function regionalProps(props: ServiceDraft): Json {
  return without(Object.fromEntries(REGIONAL.map((key) => [key, props[key]])));
}

function common(props: ServiceDraft): ServiceDraft {
  const { network, subnet, vpcConnector, key, ...rest } = props;
  return rest;
}
