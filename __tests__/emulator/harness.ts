import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cloud, type CloudData, Emulator, type EmulatorOptions, type ObjectValue } from '../../emulator';
import { isZero } from '../../emulator/protocol/values';
import { Plan } from './plan';
import { FORMS, messagesIn, TerraformFailure } from './terraform-output';

/** A folder with a Terraform configuration and its own emulator, and the real Terraform. */
export class Workspace {
  private constructor(
    readonly folder: string,
    private readonly emulator: Emulator,
  ) {}

  static async open(cloud: Partial<CloudData> = {}, options: EmulatorOptions = {}): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-test-'));
    const emulator = await Emulator.start({ cloud: new Cloud(cloud), folders: () => [folder], ...options });
    return new Workspace(folder, emulator);
  }

  get cloud(): Cloud {
    return this.emulator.cloud;
  }

  /**
   * Replaces the configuration. Without a `provider` of its own it gets the project acme-prod in europe-west1; what it would ask
   * its owner for is answered.
   */
  write(configuration: Configuration): this {
    const answers = Object.keys(configuration.variable ?? {}).map((name) => [name, 'answer']);
    writeFileSync(join(this.folder, 'terraform.tfvars.json'), JSON.stringify(Object.fromEntries(answers)));
    const withProvider = { provider: { google: GOOGLE }, ...configuration };
    writeFileSync(join(this.folder, 'main.tf.json'), JSON.stringify(withProvider, null, 1));
    return this;
  }

  /** Writes another file into the folder and returns its path. */
  file(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  /** Needed only where the configuration has a backend or modules: the provider is attached, not installed. */
  async init(): Promise<void> {
    await this.terraform('init', '-input=false');
  }

  async validate(): Promise<void> {
    await this.terraform('validate');
  }

  /** Plans, keeps the plan for `applyPlan`, and returns its `terraform show -json`. */
  async plan(...args: string[]): Promise<Plan> {
    await this.terraform('plan', '-input=false', '-out=plan.bin', ...args);
    return new Plan(JSON.parse(await this.terraform('show', '-json', 'plan.bin')));
  }

  /** Whether the plan has changes: one run of Terraform, where `plan` needs two. */
  async isUpToDate(): Promise<boolean> {
    const { status, output } = await this.run('plan', '-input=false', '-detailed-exitcode');
    if (status === 1) throw new TerraformFailure('plan', output);
    return status === 0;
  }

  async apply(...args: string[]): Promise<string> {
    return this.terraform('apply', '-input=false', '-auto-approve', ...args);
  }

  async applyPlan(): Promise<string> {
    return this.terraform('apply', '-input=false', 'plan.bin');
  }

  async destroy(...args: string[]): Promise<string> {
    return this.terraform('destroy', '-input=false', '-auto-approve', ...args);
  }

  async import(address: string, id: string): Promise<string> {
    return this.terraform('import', '-input=false', address, id);
  }

  /** `terraform show -json` of the state. */
  async show(): Promise<Shown> {
    return JSON.parse(await this.terraform('show', '-json'));
  }

  /** The state's values of one resource. */
  async state(address: string): Promise<ObjectValue> {
    const { values } = await this.show();
    const found = values?.root_module.resources?.find((resource) => resource.address === address);
    if (found === undefined) throw new Error(`${address} is not in the state`);
    return found.values;
  }

  async outputs(): Promise<{ [name: string]: unknown }> {
    const outputs: { [name: string]: { value: unknown } } = JSON.parse(await this.terraform('output', '-json'));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Any other command; rejects with Terraform's messages when it fails. */
  async terraform(command: string, ...args: string[]): Promise<string> {
    const { status, output } = await this.run(command, ...args);
    if (status !== 0) throw new TerraformFailure(command, output);
    return output;
  }

  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(command: string, ...args: string[]): Promise<{ status: number; output: string }> {
    const options = {
      cwd: this.folder,
      env: this.emulator.environment(process.env) as NodeJS.ProcessEnv,
      maxBuffer: 256 * 1024 * 1024,
    };
    return new Promise((resolve) => {
      execFile('terraform', [command, ...(FORMS[command] ?? []), ...args], options, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        const output = messagesIn(stdout);
        resolve({ status, output: status === 0 ? output : output + stderr });
      });
    });
  }
}

const GOOGLE = { project: 'acme-prod', region: 'europe-west1' };

export interface Configuration {
  readonly provider?: object;
  readonly variable?: object;
  readonly resource?: { readonly [type: string]: { readonly [name: string]: object } };
  readonly [block: string]: unknown;
}

interface Shown {
  readonly values?: {
    readonly root_module: {
      readonly resources?: readonly ShownResource[];
      readonly child_modules?: readonly { readonly address: string; readonly resources?: readonly ShownResource[] }[];
    };
  };
}

interface ShownResource {
  readonly address: string;
  readonly values: ObjectValue;
}

/** A synthesized stack with its state where a workspace of the tests keeps it. */
export function withoutBackend({ terraform, ...configuration }: Configuration): Configuration {
  const { backend: _, cloud: __, ...settings } = (terraform ?? {}) as { readonly backend?: object; cloud?: object };
  return { terraform: settings, ...configuration };
}

/** Values that depend only on how often a resource was changed, and not on the configuration. */
const HISTORY = [
  'etag',
  'generation',
  'observed_generation',
  'latest_ready_revision',
  'latest_created_revision',
  'revisions',
  'uid',
];

/** A cloud without values that depend on earlier changes, so that two ways to one configuration can be compared. */
export function settingsOf({ data: { resources, iam } }: Cloud): object {
  const plain = Object.entries(resources).flatMap(([type, objects]) =>
    Object.entries(objects).map(([id, object]) => [
      `${type} ${id}`,
      withoutZeros(Object.fromEntries(Object.entries(object).filter(([name]) => !HISTORY.includes(name)))),
    ]),
  );
  return { resources: Object.fromEntries(plain), iam };
}

/** For Google's APIs, a zero value and a missing value are equal. */
function withoutZeros(settings: object): object {
  return JSON.parse(JSON.stringify(settings, (_, value) => (isZero(value) ? undefined : value)));
}

const HAS_TERRAFORM = hasTerraform();
let skipped = false;

/** `describe` for tests that need the terraform binary: without it they are skipped with a message, and fail if CI is set. */
export function describeWithTerraform(name: string, tests: () => void): void {
  if (process.env.TEST_WITHOUT_TERRAFORM) throw new Error('name the file *.terraform.test.ts: it starts Terraform');
  if (HAS_TERRAFORM) {
    describe(name, tests);
  } else if (process.env.CI === 'true') {
    describe(name, () => {
      test('needs terraform', () => {
        throw new Error('there is no terraform on the PATH, and CI=true does not let these tests be skipped');
      });
    });
  } else {
    if (!skipped)
      process.stderr.write('\n!!! SKIPPED: what needs Terraform is not tested, there is no terraform on the PATH\n\n');
    skipped = true;
    describe.skip(name, tests);
  }
}

function hasTerraform(): boolean {
  try {
    execFileSync('terraform', ['version'], {
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '' },
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** A workspace for every test of the enclosing `describe`, closed after it. */
export function useWorkspace(): { readonly current: Workspace } {
  const holder: { workspace?: Workspace } = {};
  beforeEach(async () => {
    holder.workspace = await Workspace.open();
  });
  afterEach(async () => {
    await holder.workspace?.close();
  });
  return {
    get current() {
      if (holder.workspace === undefined) throw new Error('there is a workspace only within a test');
      return holder.workspace;
    },
  };
}
