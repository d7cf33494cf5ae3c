import {
  BACKEND_SERVICE_TYPES,
  block,
  type Change,
  isTrue,
  isValues,
  Unknown,
  type Value,
  type Values,
  within,
} from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Found, Rule } from '../rule';
import { nameOf } from '../wording';

/** A setting that restricts access, in a resource type. */
interface Gate {
  readonly types: readonly string[];
  readonly called: string;
  /** The argument, or the block or map around it if all of that is unknown. */
  readonly value: (values: Values) => Value;
  /** The path of the argument in the plan's list of changes. */
  readonly argument: string;
  readonly risk: string;
  /** Set if the API chooses the value when it is not written: it is then unknown, but does not change. */
  readonly chosenByApi?: true;
  /** Whether it restricted access before; if not, it cannot open anything. A new resource has no values before. */
  readonly wasShut: (values: Values | undefined) => boolean;
}

const ANY_INGRESS = 'requests from the internet may come in';
const NO_CHECK = 'Cloud Run may stop checking callers';
const NO_IAP = 'Identity-Aware Proxy may be off';

const GATES: readonly Gate[] = [
  {
    types: ['google_cloud_run_v2_service'],
    called: 'the invoker check',
    argument: 'invoker_iam_disabled',
    value: ({ invoker_iam_disabled }) => invoker_iam_disabled,
    risk: NO_CHECK,
    wasShut: (values) => !isTrue(values?.invoker_iam_disabled),
  },
  {
    types: ['google_cloud_run_v2_service'],
    called: 'the ingress',
    argument: 'ingress',
    value: ({ ingress }) => ingress,
    risk: ANY_INGRESS,
    chosenByApi: true,
    wasShut: (values) => values?.ingress !== 'INGRESS_TRAFFIC_ALL',
  },
  {
    types: ['google_cloud_run_v2_service'],
    called: 'IAP',
    argument: 'iap_enabled',
    value: ({ iap_enabled }) => iap_enabled,
    risk: NO_IAP,
    wasShut: (values) => isTrue(values?.iap_enabled),
  },
  {
    types: ['google_cloud_run_service'],
    called: 'the invoker check',
    argument: 'metadata.annotations',
    value: ({ metadata }) => annotation(metadata, 'invoker-iam-disabled'),
    risk: NO_CHECK,
    wasShut: (values) => !isTrue(annotation(values?.metadata, 'invoker-iam-disabled')),
  },
  {
    types: ['google_cloud_run_service'],
    called: 'the ingress',
    argument: 'metadata.annotations',
    value: ({ metadata }) => annotation(metadata, 'ingress'),
    risk: ANY_INGRESS,
    wasShut: (values) => /^internal/.test(String(annotation(values?.metadata, 'ingress'))),
  },
  {
    types: ['google_cloudfunctions2_function'],
    called: 'the ingress',
    argument: 'service_config.ingress_settings',
    value: ({ service_config }) => within(service_config, 'ingress_settings'),
    risk: ANY_INGRESS,
    wasShut: (values) => block(values?.service_config).ingress_settings !== 'ALLOW_ALL',
  },
  {
    types: BACKEND_SERVICE_TYPES,
    called: 'IAP',
    argument: 'iap.enabled',
    value: ({ iap }) => (iap instanceof Unknown ? iap : block(iap).enabled),
    risk: NO_IAP,
    wasShut: (values) => isTrue(block(values?.iap).enabled),
  },
];

export const gateUnknown: Rule = {
  id: 'gate-unknown',
  severity: 'high',
  finds:
    'the plan does not show whether the invoker check, the ingress or IAP still restricts access: the value is known only after apply, or is sensitive',
  remedy: 'write the setting as a literal, or as a variable that is known when the plan is made, to have it reviewed',
  find: ({ changes }) => changes.flatMap((change) => GATES.flatMap((gate) => becomesUnknown(change, gate))),
  example: {
    found: planOf(
      computed(updated(API, service(), { invoker_iam_disabled: undefined }), { invoker_iam_disabled: true }),
    ),
    notFound: planOf(updated(API, service(), { invoker_iam_disabled: null })),
  },
};

function becomesUnknown(change: Change, gate: Gate): readonly Found[] {
  if (!gate.types.includes(change.type) || !change.after || !gate.wasShut(change.before?.values)) return [];
  const value = gate.value(change.after.values);
  if (!(value instanceof Unknown) || (gate.chosenByApi && !value.written)) return [];
  // A sensitive value that does not change is no finding.
  const stays = change.before && gate.value(change.before.values) instanceof Unknown;
  if (stays && !change.changed.some((name) => name.startsWith(gate.argument))) return [];
  const message = `${gate.called} of ${nameOf(change.after)} cannot be determined: ${gate.argument} is ${value.text}, and ${gate.risk}`;
  return [{ address: change.address, message }];
}

function annotation(metadata: Value, name: string): Value {
  const all = within(metadata, 'annotations');
  return isValues(all) ? all[`run.googleapis.com/${name}`] : all;
}

function computed(change: ReturnType<typeof updated>, after_unknown: object): ReturnType<typeof updated> {
  return { ...change, change: { ...change.change, after_unknown } };
}
