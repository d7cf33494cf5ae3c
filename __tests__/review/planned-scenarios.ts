import { Cloud, deployed } from '../../emulator';
import { hash } from '../../emulator/cloud';
import { type Configuration, Workspace } from '../emulator/harness';
import { asRecorded, inOwnProjects, type Modules, writeModules } from '../emulator/modules';
import { planOfModule } from '../emulator/plan-of-module';
import type { Scenario } from './scenarios';

const DOMAIN = 'api.example.com';

type Change = Pick<Scenario, 'from' | 'to'>;

/** `terraform show -json` of the plan of a scenario, on what was applied before. */
export async function planAlone({ from, meanwhile, to, options = [] }: Scenario): Promise<object> {
  const workspace = await Workspace.open();
  try {
    await workspace.write(from).apply();
    meanwhile?.(workspace.cloud);
    return (await workspace.write(to).plan(...options)).json;
  } finally {
    await workspace.close();
  }
}

/**
 * The same of many changes, in four processes of Terraform: each change is a module, in a project of its own, because all are in one
 * cloud. What is there before is deployed as `preview` does it.
 */
export async function plansTogether(changes: readonly Change[]): Promise<object[]> {
  const workspace = await Workspace.open();
  try {
    writeModules(workspace, modulesOf(changes.map(({ from }) => from)));
    const { state } = await deployed({ folder: workspace.folder, environment: process.env }, workspace.cloud);
    writeModules(workspace, modulesOf(changes.map(({ to }) => to)));
    workspace.file('terraform.tfstate', JSON.stringify(state));
    const { json } = await workspace.plan();
    return changes.map((_, number) =>
      JSON.parse(together(JSON.stringify(planOfModule(json, moduleName(number))), number)),
    );
  } finally {
    await workspace.close();
  }
}

const TERRAFORM = { required_providers: { google: { source: 'hashicorp/google' } } };
const PROVIDER = { google: { project: 'acme-prod', region: 'europe-west1' } };

function modulesOf(configurations: readonly Configuration[]): Modules {
  const modules = configurations.map((configuration, number) => {
    const text = JSON.stringify({ terraform: TERRAFORM, provider: PROVIDER, ...configuration });
    return [moduleName(number), JSON.parse(apart(text, number))];
  });
  return Object.fromEntries(modules);
}

function moduleName(number: number): string {
  return `change_${number}`;
}

/** In a project and with a domain of its own: a domain is mapped once in all of Google Cloud. */
function apart(text: string, number: number): string {
  return inOwnProjects(text, number).replaceAll(DOMAIN, `${number}.${DOMAIN}`);
}

/** As if the project were acme-prod, which decides the URLs of its services and the number of its IP address. */
function together(text: string, number: number): string {
  const [own, prod] = [partsOfUrls(inOwnProjects('acme-prod', number)), partsOfUrls('acme-prod')];
  return asRecorded(text, number)
    .replaceAll(`${number}.${DOMAIN}`, DOMAIN)
    .replaceAll(own.number, prod.number)
    .replaceAll(own.hash, prod.hash)
    .replaceAll(/\b203\.0\.113\.\d+/g, '203.0.113.77');
}

function partsOfUrls(project: string): { readonly number: string; readonly hash: string } {
  return { number: new Cloud().projectNumber(project), hash: hash('run', project).slice(0, 10) };
}
