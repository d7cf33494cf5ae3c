import { readTerraformJson } from '../../exposure';
import { reviewJson, reviewPlan } from '../../review';
import { PROTECTION_SCENARIOS } from './protection-scenarios';
import { recordedPlans, titleOf } from './recorded-plans';

const plans = recordedPlans();

describe('a plan that the real Terraform and the real google provider made', () => {
  test.each(PROTECTION_SCENARIOS)('$rule: somebody $does', (scenario) => {
    const read = readTerraformJson(JSON.stringify(plans[titleOf(scenario)]));
    if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
    const reviewed = reviewPlan('prod', 'prod.json', read.plan);
    const findings = reviewed.findings.filter(({ rule }) => rule !== 'drift');
    expect(findings.map(({ rule }) => rule)).toContain(scenario.rule);
    expect(
      findings.map(({ severity, rule, address, message }) => `${severity} ${rule} ${address}: ${message}`),
    ).toMatchSnapshot();
    expect(reviewJson([reviewed])).not.toMatch(/undefined|canary-value/);
  });
});
