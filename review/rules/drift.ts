import type { Change, PlanJson } from '../../exposure';
import { argumentChanges } from '../argument-change';
import { causesOf } from '../causes';
import { pairEntries } from '../entry-pair';
import { differencesOf, differenceWords } from '../exposure-difference';
import { API, INTERNAL, planOf, service, unchanged, updated } from '../fragment';
import { sameOwnRules } from '../policy-rules';
import { type ReviewedPlan, reviewedDrift } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { isDestroyed, series } from '../wording';
import { anyGoogleAccount } from './any-google-account';
import { callerAdded } from './caller-added';
import { cloudArmorLoosened } from './cloud-armor-loosened';
import { cloudArmorLost } from './cloud-armor-lost';
import { iapLost } from './iap-lost';
import { ingressWidened } from './ingress-widened';
import { invokerCheckOff } from './invoker-check-off';
import { publicBehindIngress } from './public-behind-ingress';
import { publicNameAdded } from './public-name-added';
import { publicService } from './public-service';

/** Types whose drift can change who reaches a service, or the service itself. */
const CONCERNED =
  /^google_(cloud_run|iap_|project_iam|compute_(backend|url_map|region_(backend|url_map|network)|security_policy|target|global_(forw|addr)|forwarding|address|managed_ssl))/;

/** The rules that find opened access: access opened outside Terraform is as severe as access opened by the plan. */
const OPENING: readonly Rule[] = [
  publicService,
  iapLost,
  cloudArmorLost,
  anyGoogleAccount,
  ingressWidened,
  invokerCheckOff,
  publicBehindIngress,
  callerAdded,
  publicNameAdded,
  cloudArmorLoosened,
];

export const drift: Rule = {
  id: 'drift',
  severity: 'low',
  finds:
    'a resource was changed outside Terraform; if that opened access, it is as severe as the same change in a plan',
  remedy: 'apply, to undo the change, or write it into the configuration to keep it',
  find: (plan) => {
    if (plan.plan.drift.length === 0) return [];
    const drifted = reviewedDrift(plan);
    const opened = OPENING.flatMap((rule) => rule.find(drifted).map((found) => openedOutside(found, rule, drifted)));
    const reported = new Set(opened.flatMap(({ causes = [] }) => causes));
    const reach = reachByCause(drifted);
    const rest = drifted.changes.flatMap((change): readonly Found[] => {
      const what = isDestroyed(change) ? ['it was deleted'] : argumentChanges(change, isReported(change, drifted));
      if (!CONCERNED.test(change.type) || what.length === 0 || reported.has(change.address)) return [];
      const meaning = reach.get(change.address) ?? [];
      const message = `was changed outside Terraform: ${[series(what), ...meaning].join('; ')}`;
      return [{ address: change.address, message, causes: [change.address], what: [...what, ...meaning] }];
    });
    return [...opened, ...rest];
  },
  example: {
    found: drifted(planOf(updated(API, service(), INTERNAL)), planOf(updated(API, service(INTERNAL), service()))),
    notFound: drifted(
      planOf(unchanged(API, service({ description: '', labels: {} }))),
      planOf(updated(API, service({ labels: null }), { description: '', labels: {} })),
    ),
  },
};

function drifted(plan: PlanJson, drift: PlanJson): PlanJson {
  return { ...plan, resource_drift: drift.resource_changes };
}

/** Which changed arguments are drift. A refresh reads rules that are separate resources into their Cloud Armor policy: these are not. */
function isReported({ before, after }: Change, { plan }: ReviewedPlan): (path: string) => boolean {
  return (path) => !/^rules?\b/.test(path) || !before || !after || !sameOwnRules(before, after, plan.after);
}

function openedOutside(found: Found, rule: Rule, { changing }: ReviewedPlan): Found {
  const causes = found.causes ?? [found.address];
  const how = causes.flatMap((address) => argumentsOf(changing.get(address)));
  const others = how.filter((words) => !found.message.includes(`${words.split(' ')[0]} `));
  const which = others.length === 0 ? '' : ` (${series(others)})`;
  return {
    address: found.address,
    message: `was changed outside Terraform: ${found.message}${which}`,
    severity: found.severity ?? rule.severity,
    causes,
    what: [...(found.what ?? [found.message]), ...how],
  };
}

function argumentsOf(change: Change | undefined): readonly string[] {
  return change ? argumentChanges(change) : [];
}

/** How the drift of each resource changes who can reach a service. */
function reachByCause(drifted: ReviewedPlan): ReadonlyMap<string, readonly string[]> {
  const { before, after } = drifted;
  const reach = new Map<string, string[]>();
  for (const pair of drifted.services) {
    const differences = differencesOf(pair, before.exposure.identities, after.exposure.identities);
    if (differences.length === 0) continue;
    const words = `who can reach ${pair.name}: ${series(differences.map(differenceWords))}`;
    for (const address of causesOf(drifted, pair, pairEntries(pair))) {
      reach.set(address, [...(reach.get(address) ?? []), words]);
    }
  }
  return reach;
}
