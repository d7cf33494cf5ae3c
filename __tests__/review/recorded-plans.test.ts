import { reviewJson } from '../../review';
import { PROTECTION_SCENARIOS } from './protection-scenarios';
import { recordedPlans, titleOf } from './recorded-plans';
import { reviewOfText } from './reviewed';

const plans = recordedPlans();

describe('a plan that the real Terraform and the real google provider made', () => {
  test.each(PROTECTION_SCENARIOS)('$rule: somebody $does', (scenario) => {
    const plan = plans[titleOf(scenario)];
    if (!plan) throw new Error(`'${titleOf(scenario)}' is not recorded: see recorded-plans.ts, or use scenarios.ts`);
    const reviewed = reviewOfText(JSON.stringify(plan));
    const findings = reviewed.findings.filter(({ rule }) => rule !== 'drift');
    expect(findings.map(({ rule }) => rule)).toContain(scenario.rule);
    expect(
      findings.map(({ severity, rule, address, message }) => `${severity} ${rule} ${address}: ${message}`),
    ).toMatchSnapshot();
    expect(reviewJson([reviewed])).not.toMatch(/undefined|canary-value/);
  });
});
