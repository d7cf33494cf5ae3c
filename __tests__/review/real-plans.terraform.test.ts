import { reviewJson } from '../../review';
import { RULES } from '../../review/rules';
import { describeWithTerraform } from '../emulator/harness';
import { planAlone, plansTogether } from './planned-scenarios';
import { PROTECTION_SCENARIOS } from './protection-scenarios';
import { reviewOfText } from './reviewed';
import { SCENARIOS, type Scenario } from './scenarios';

test('every rule has a scenario', () => {
  const tried = new Set([...SCENARIOS, ...PROTECTION_SCENARIOS].map(({ rule }) => rule));
  expect(RULES.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
});

/** What is done to the cloud, or asked of Terraform, would touch the other scenarios of one plan. */
const isAlone = ({ meanwhile, options }: Scenario) => meanwhile !== undefined || options !== undefined;
const TOGETHER = SCENARIOS.filter((scenario) => !isAlone(scenario));

describeWithTerraform('a plan that the real Terraform made', () => {
  const unchanged = SCENARIOS[0]?.to ?? {};
  let plans: readonly object[];

  beforeAll(async () => {
    plans = await plansTogether([...TOGETHER, { from: unchanged, to: unchanged }]);
  });

  test.each(SCENARIOS)('$rule: somebody $does', async (scenario) => {
    const plan = isAlone(scenario) ? await planAlone(scenario) : plans[TOGETHER.indexOf(scenario)];
    const reviewed = reviewOfText(JSON.stringify(plan));
    expect(reviewed.findings.map((finding) => finding.rule)).toContain(scenario.rule);
    expect(
      reviewed.findings.map((finding) => `${finding.severity} ${finding.rule} ${finding.address}: ${finding.message}`),
    ).toMatchSnapshot();
    expect(reviewed.differences).toMatchSnapshot();
    expect(reviewJson([reviewed])).not.toContain('undefined');
  });

  test('a plan without changes has no findings', () => {
    expect(reviewOfText(JSON.stringify(plans.at(-1)))).toMatchObject({ findings: [], differences: [] });
  });
});
