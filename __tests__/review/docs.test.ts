import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../exposure';
import { reviewMarkdown, reviewPlan } from '../../review';
import { API, created, destroyed, INTERNAL, invoker, PUBLIC, planOf, service, updated } from '../../review/fragment';

const template = (tag: string) => ({
  template: [{ containers: [{ image: `europe-docker.pkg.dev/acme/apps/api:${tag}` }] }],
});

test('docs/exposure.md shows the comment as the review writes it, its headings one level down', () => {
  const before = service({ uri: 'https://api-abc123-ew.a.run.app', ...INTERNAL, ...template('2.0.1') });
  const plan = planOf(
    updated(API, before, { ingress: 'INGRESS_TRAFFIC_ALL', ...template('2.1.0') }),
    created(PUBLIC, invoker('allUsers')),
    destroyed('google_pubsub_subscription.orders', { name: 'orders' }),
  );
  const comment = reviewMarkdown([reviewPlan('prod', 'prod.json', readPlan(plan))])
    .trim()
    .replace(/^#/gm, '##');
  const page = readFileSync(join(__dirname, '../../docs/exposure.md'), 'utf8');
  expect(/<!-- The comment begins here. -->\n\n([\s\S]*)\n\n<!-- The comment ends here. -->/.exec(page)?.[1]).toBe(
    comment,
  );
});
