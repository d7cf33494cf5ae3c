import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Token } from 'cdktf';
import { CloudRunService, type CloudRunStack } from '../../constructs';
import { emptyStack, IMAGE } from '../constructs/synth';
import { describeWithTerraform, useWorkspace } from '../emulator/harness';
import { configurationOf } from './configuration';

describeWithTerraform('a stack of tokens', () => {
  const used = useWorkspace();

  test('applies, and whatever else is made before it in the program changes nothing', async () => {
    const workspace = used.current;
    const known = configurationOf(tokensOnly());
    await workspace.write(known).apply();
    const plan = await workspace.write(configurationOf(tokensOnly(9))).plan();
    expect(plan.actions).toEqual({});
  });
});

/** Tokens of resources that the emulated provider has. */
function tokensOnly(noise = 0): CloudRunStack {
  const stack = emptyStack();
  for (let index = 0; index < noise; index += 1) Token.asString({ resolve: () => 'noise' });
  const caller = new ServiceAccount(stack, 'caller', { project: 'acme-prod', accountId: 'caller' });
  const api = new CloudRunService(stack, 'api', { image: IMAGE, deletionProtection: false, invokers: [caller.member] });
  const web = new CloudRunService(stack, 'web', { image: IMAGE, deletionProtection: false, env: { API: api.uri } });
  api.grantInvoke(web);
  return stack;
}
