import fc from 'fast-check';
import type { CloudRunServiceProps } from '../../constructs';
import { stackOf } from '../constructs/synth';
import { ROWS } from '../constructs/vocabulary';
import { describeWithTerraform, useWorkspace } from '../emulator/harness';
import { configurationOf } from './configuration';

type Props = Partial<CloudRunServiceProps<string>>;

/** Stacks that are validated, and services in each: Terraform starts once for a whole stack. */
const STACKS = 6;
const SERVICES = 40;

const text = fc.string({ maxLength: 30, unit: 'grapheme' });
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);
const email = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._+'-]{0,15}$/).map((local) => `${local}@example.com`);
const principal = fc.oneof(
  email.map((address) => `user:${address}`),
  email.map((address) => `group:${address}`),
  name.map((id) => `serviceAccount:${id}-sa@acme-prod.iam.gserviceaccount.com`),
  name.map((domain) => `domain:${domain}.example.com`),
  name.map((id) => `principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/${id}`),
  fc.constant('allAuthenticatedUsers'),
);
const environmentValue = fc.oneof(text, fc.record({ secret: name, version: fc.constantFrom('1', '27', 'latest') }));
const environmentName = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,10}$/);

/** Several keys at once: rows of the vocabulary on top of one another, and values nobody thought of. */
const props: fc.Arbitrary<Props> = fc
  .tuple(
    fc.subarray(
      ROWS.map(([row]) => row),
      { maxLength: 3 },
    ),
    fc.record(
      {
        access: fc.constantFrom('private', 'public'),
        invokers: fc.array(principal, { maxLength: 4 }),
        invokerPolicy: fc.constantFrom('additive', 'authoritative'),
        iam: fc.dictionary(
          fc.constantFrom('roles/run.viewer', 'roles/run.developer'),
          fc.array(principal, { maxLength: 3 }),
        ),
        env: fc.dictionary(environmentName, environmentValue, { maxKeys: 5 }),
        args: fc.array(text, { maxLength: 4 }),
        description: text,
        annotations: fc.dictionary(
          name.map((key) => `example.com/${key}`),
          text,
          { maxKeys: 3 },
        ),
        labels: fc.dictionary(name, name, { maxKeys: 3 }),
        port: fc.integer({ min: 1, max: 65535 }),
        timeout: fc.integer({ min: 1, max: 3600 }),
        customAudiences: fc.array(text, { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([rows, rest]) => Object.assign({}, ...rows, rest));

/** Whether the project itself accepts the service; what it refuses never reaches Terraform. */
function isAccepted(candidate: Props): boolean {
  return stackOf({ api: candidate })
    .findings()
    .every(({ severity }) => severity === 'warning');
}

describeWithTerraform('whatever the project accepts, Terraform accepts', () => {
  const used = useWorkspace();

  test(`${STACKS} stacks of ${SERVICES} random services`, async () => {
    const accepted = fc.sample(props, { numRuns: STACKS * SERVICES * 4, seed: 20 }).filter(isAccepted);
    expect(accepted.length).toBeGreaterThan(STACKS * SERVICES);
    for (let stack = 0; stack < STACKS; stack++) {
      const services = accepted.slice(stack * SERVICES, (stack + 1) * SERVICES);
      const named = services.map(({ name: _, serviceAccount: __, ...service }, index) => [`service-${index}`, service]);
      used.current.write(configurationOf(stackOf(Object.fromEntries(named))));
      await used.current.validate();
    }
  });
});
