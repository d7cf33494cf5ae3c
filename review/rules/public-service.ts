import { type Entry, exposureWords, isOpenToInternet } from '../../exposure';
import { entryName } from '../entry-pair';
import { API, created, invoker, LOAD_BALANCED, PUBLIC, planOf, service, unchanged } from '../fragment';
import type { ServicePair, ServiceSide } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

export const publicService: Rule = {
  id: 'public-service',
  severity: 'critical',
  finds: 'a service becomes callable by anyone on the internet',
  remedy: 'remove the allUsers grant (or switch the invoker check on again), or set ingress to internal',
  find: ({ services }) => services.flatMap(opened),
  example: {
    found: planOf(unchanged(API, service()), created(PUBLIC, invoker('allUsers'))),
    notFound: planOf(unchanged(API, service(LOAD_BALANCED)), created(PUBLIC, invoker('allUsers'))),
  },
};

function opened({ address, name, before, after }: ServicePair): readonly Found[] {
  if (!after || publicEntries(before).length > 0) return [];
  const entries = publicEntries(after);
  if (entries.length === 0) return [];
  const may = entries.some((entry) => entry.from === 'internet') ? 'becomes' : 'may become';
  const was = before ? `before: ${exposureWords(before.exposure)}` : 'it is new';
  const why = after.service.invokerCheck ? '' : ', since its invoker check is off';
  const urls = series(entries.map(entryName));
  return [{ address, message: `${name} ${may} callable by anyone on the internet at ${urls}${why} (${was})` }];
}

function publicEntries(side: ServiceSide | undefined): readonly Entry[] {
  const entries = side?.exposure.entries ?? [];
  return entries.filter((entry) => isOpenToInternet(entry) && entry.authentication === 'none');
}
