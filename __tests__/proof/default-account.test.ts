import { describeWithTerraform, useWorkspace } from '../emulator/harness';
import { servicesOf } from './configuration';

const SERVICE = 'google_cloud_run_v2_service.api';
const ACCOUNT = 'google_service_account.api';

describeWithTerraform('the default account with an unknown project number', () => {
  const used = useWorkspace();

  async function accountOf(): Promise<unknown> {
    const { template } = (await used.current.state(SERVICE)) as { template: { service_account: string }[] };
    return template[0]?.service_account;
  }

  test('a service moves from its own account to the default one and back', async () => {
    const own = servicesOf({ api: {} });
    const byDefault = servicesOf({ api: { serviceAccount: 'default' } });
    await used.current.write(own).apply();
    const before = await accountOf();

    expect((await used.current.write(byDefault).plan()).actions).toEqual({ [SERVICE]: 'update', [ACCOUNT]: 'delete' });
    await used.current.applyPlan();
    const number = used.current.cloud.projectNumber('acme-prod');
    expect(await accountOf()).toBe(`${number}-compute@developer.gserviceaccount.com`);
    expect(await used.current.isUpToDate()).toBe(true);

    expect((await used.current.write(own).plan()).actions).toEqual({ [SERVICE]: 'update', [ACCOUNT]: 'create' });
    await used.current.applyPlan();
    expect(await accountOf()).toBe(before);
    expect(await used.current.isUpToDate()).toBe(true);
  });
});
