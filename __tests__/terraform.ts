import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { attachedEnvironment } from '../emulator/attach';
import { Cloud } from '../emulator/cloud';
import { type ProviderServer, serveProvider } from '../emulator/server';

const run = promisify(execFile);

/** Files of a configuration by name: `main.tf`, `api/main.tf` of a module. */
export type Configuration = Readonly<Record<string, string>>;

/** A folder in which the real Terraform plans and applies, against a Google Cloud in memory. */
export class Workspace {
  readonly cloud = new Cloud();
  private readonly folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  private server: ProviderServer | undefined;
  private types: ReadonlySet<string> = new Set();

  /** Replaces the configuration. */
  write(configuration: Configuration): void {
    for (const [name, text] of Object.entries(configuration)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
    const words = Object.values(configuration).flatMap((text) => text.match(/google_\w+/g) ?? []);
    this.types = new Set([...this.types, ...words]);
  }

  /** The JSON of `terraform show -json` of a plan. */
  async plan(...options: string[]): Promise<string> {
    await this.terraform('init', '-input=false');
    await this.terraform('plan', '-input=false', '-out=planfile', ...options);
    return this.terraform('show', '-json', 'planfile');
  }

  /** Applies the configuration and returns the JSON of `terraform show -json` of the state. */
  async apply(): Promise<string> {
    await this.terraform('init', '-input=false');
    await this.terraform('apply', '-input=false', '-auto-approve');
    return this.terraform('show', '-json');
  }

  async close(): Promise<void> {
    await this.server?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async terraform(...args: readonly string[]): Promise<string> {
    this.server ??= await serveProvider({ cloud: this.cloud, configuredTypes: () => this.types });
    const env = attachedEnvironment(this.server.socket, process.env) as NodeJS.ProcessEnv;
    const { stdout } = await run('terraform', [...args], { cwd: this.folder, env, maxBuffer: 2 ** 28 });
    return stdout;
  }
}
