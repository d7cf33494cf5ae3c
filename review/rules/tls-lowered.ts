import { isLeftOut, known, lastSegment, shown, type Value } from '../../exposure';
import { planOf, updated } from '../fragment';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { fromTo, nameOf } from '../wording';

const POLICY = 'google_compute_ssl_policy.edge';

/** The defaults of an SSL policy (cloud.google.com/load-balancing/docs/ssl-policies-concepts). */
const DEFAULT_VERSION = 'TLS_1_0';
const DEFAULT_PROFILE = 'COMPATIBLE';

/** Profiles, the laxest first. A custom profile may hold any cipher, so it is compared with none. */
const PROFILES = ['COMPATIBLE', 'MODERN', 'RESTRICTED', 'FIPS_202205'];

const PROXY = /^google_compute_(region_)?target_(https|ssl)_proxy$/;
const SSL_POLICY = /^google_compute_(region_)?ssl_policy$/;

export const tlsLowered: Rule = {
  id: 'tls-lowered',
  severity: 'high',
  finds:
    'a load balancer accepts older TLS versions or weaker ciphers: an SSL policy is less strict, or is removed from its proxy',
  remedy: 'keep min_tls_version = "TLS_1_2" with the profile MODERN or RESTRICTED, and ssl_policy on the proxy',
  find: ({ changes }) => changes.flatMap((change) => [...policyLoosened(change), ...policyTakenOff(change)]),
  example: {
    found: planOf(
      updated(POLICY, { name: 'edge', min_tls_version: 'TLS_1_2', profile: 'MODERN' }, { min_tls_version: 'TLS_1_0' }),
    ),
    notFound: planOf(
      updated(POLICY, { name: 'edge', min_tls_version: 'TLS_1_0', profile: 'MODERN' }, { min_tls_version: 'TLS_1_2' }),
    ),
  },
};

type Changed = ReviewedPlan['changes'][number];

function policyLoosened({ type, address, before, after }: Changed): readonly Found[] {
  if (!SSL_POLICY.test(type) || !before || !after) return [];
  const found: string[] = [];
  const [from, to] = [before.values.min_tls_version, after.values.min_tls_version];
  if (known(from) !== known(to) && (known(to) ?? DEFAULT_VERSION) < (known(from) ?? DEFAULT_VERSION)) {
    found.push(`min_tls_version ${fromTo(from, to)}`);
  }
  const [old, fresh] = [before.values.profile, after.values.profile];
  if (isLaxer(fresh, old)) found.push(`profile ${fromTo(old, fresh)}`);
  if (found.length === 0) return [];
  return [{ address, message: `the SSL policy ${nameOf(after)} accepts weaker TLS: ${found.join(', ')}` }];
}

function isLaxer(profile: Value, than: Value): boolean {
  const [rank, old] = [profile, than].map((value) => PROFILES.indexOf(known(value) ?? DEFAULT_PROFILE));
  if (rank === undefined || old === undefined || old === -1) return false;
  return rank === -1 ? known(profile) !== known(than) : rank < old;
}

function policyTakenOff({ type, address, before, after }: Changed): readonly Found[] {
  if (!PROXY.test(type) || !before || !after) return [];
  const { ssl_policy: policy } = before.values;
  if (isLeftOut(policy) || !isLeftOut(after.values.ssl_policy)) return [];
  const message = `the proxy ${nameOf(after)} loses its SSL policy, and accepts TLS 1.0: ssl_policy ${lastSegment(shown(policy))} → none`;
  return [{ address, message }];
}
