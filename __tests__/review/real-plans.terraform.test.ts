import { reviewJson } from '../../review';
import { RULES } from '../../review/rules';
import { describeWithTerraform, useWorkspace } from '../emulator/harness';
import { PROTECTION_SCENARIOS } from './protection-scenarios';
import { reviewOfText } from './reviewed';
import { SCENARIOS } from './scenarios';

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
    const reviewed = reviewOfText(JSON.stringify(json));
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
    expect(reviewOfText(JSON.stringify(json))).toMatchObject({ findings: [], differences: [] });
  });
});
