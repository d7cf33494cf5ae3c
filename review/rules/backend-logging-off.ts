import { block, isTrue, known, shown, Unknown, type Value } from '../../exposure';
import { backend } from '../example-load-balancer';
import { planOf, updated } from '../fragment';
import type { Rule } from '../rule';
import { nameOf } from '../wording';

const BACKEND = 'google_compute_backend_service.edge_api';
const logged = (enable: boolean, sample_rate = 1) => ({ log_config: [{ enable, sample_rate }] });

export const backendLoggingOff: Rule = {
  id: 'backend-logging-off',
  severity: 'medium',
  finds:
    'a backend service logs fewer requests, or none: the log no longer shows all requests, nor what Cloud Armor refuses',
  remedy: 'keep log_config with enable = true and its sample rate',
  find: ({ changes }) =>
    changes.flatMap(({ type, address, before, after }) => {
      if (!/^google_compute_(region_)?backend_service$/.test(type) || !before || !after) return [];
      const [from, to] = [loggedShare(before.values.log_config), loggedShare(after.values.log_config)];
      if (from === undefined || to === undefined || to >= from) return [];
      const message = `the backend service ${nameOf(after)} logs fewer requests: ${percent(from)} → ${percent(to)}`;
      return [{ address, message }];
    }),
  example: {
    found: planOf(updated(BACKEND, backend(logged(true)), logged(false))),
    notFound: planOf(updated(BACKEND, backend(logged(false)), logged(true, 0.5))),
  },
};

/** The share of requests that is logged; without a rate, all. Undefined where it is not known. */
function loggedShare(logConfig: Value): number | undefined {
  const { enable, sample_rate } = block(logConfig);
  if ([logConfig, enable, sample_rate].some((value) => value instanceof Unknown && value.written)) return undefined;
  if (!isTrue(enable)) return 0;
  return known(sample_rate) === undefined ? 1 : Number(shown(sample_rate));
}

function percent(share: number): string {
  return share === 0 ? 'none' : `${Math.round(share * 1000) / 10} % of requests`;
}
