import { readTerraformJson } from '../../exposure';
import { type PlanReview, reviewJson, reviewPlan } from '../../review';
import { RULES } from '../../review/rules';
import { describeWithTerraform, useWorkspace } from '../emulator/harness';
import { PROTECTION_SCENARIOS } from './protection-scenarios';
import { SCENARIOS } from './scenarios';

function review(plan: unknown): PlanReview {
  const read = readTerraformJson(JSON.stringify(plan));
  if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
  return reviewPlan('prod', 'prod.json', read.plan);
}

test('every rule has a scenario', () => {
  const tried = new Set([...SCENARIOS, ...PROTECTION_SCENARIOS].map(({ rule }) => rule));
  expect(RULES.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
});

describeWithTerraform('a plan that the real Terraform made', () => {
  const workspace = useWorkspace();

  test.each(SCENARIOS)('$rule: somebody $does', async ({ rule, from, meanwhile, to, options = [] }) => {
    await workspace.current.write(from).init();
    await workspace.current.apply();
    meanwhile?.(workspace.current.cloud);
    const { json } = await workspace.current.write(to).plan(...options);
    const reviewed = review(json);
    expect(reviewed.findings.map((finding) => finding.rule)).toContain(rule);
    expect(
      reviewed.findings.map((finding) => `${finding.severity} ${finding.rule} ${finding.address}: ${finding.message}`),
    ).toMatchSnapshot();
    expect(reviewed.differences).toMatchSnapshot();
    expect(reviewJson([reviewed])).not.toContain('undefined');
  });

  test('a plan without changes has no findings', async () => {
    await workspace.current.write(SCENARIOS[0]?.to ?? {}).init();
    await workspace.current.apply();
    const { json } = await workspace.current.plan();
    expect(review(json)).toMatchObject({ findings: [], differences: [] });
  });
});
