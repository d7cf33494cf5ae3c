import { attachedEnvironment, type Environment } from './attach';
import { Cloud } from './cloud';
import { CloudFile } from './cloud-file';
import { typesIn, versionIn } from './configuration';
import { type ProviderServer, serveProvider } from './server';

export interface EmulatorOptions {
  /** The cloud to begin with, in memory. */
  readonly cloud?: Cloud;
  /** A file to keep the cloud in instead. */
  readonly cloudFile?: string;
  /**
   * Where the configuration is that is going to be planned: it says the version of the provider, and which types are to be refused
   * by name because they have no behaviour. Without, the newest version is served.
   */
  readonly folders?: () => Iterable<string>;
  /** Creates what is planned to be created at once: a plan then has every value that an apply would leave. */
  readonly createWhilePlanning?: boolean;
}

/** A google provider and the cloud behind it, as long as it is not closed. */
export class Emulator {
  private constructor(
    readonly cloud: Cloud,
    private readonly server: ProviderServer,
    private readonly file: CloudFile | undefined,
  ) {}

  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const file = options.cloudFile === undefined ? undefined : new CloudFile(options.cloudFile);
    const cloud = file?.cloud ?? options.cloud ?? new Cloud();
    const server = await serveProvider({
      cloud,
      version: () => versionIn(options.folders?.() ?? []),
      configuredTypes: () => typesIn(options.folders?.() ?? []),
      ...(options.createWhilePlanning && { createWhilePlanning: true }),
      ...(file && { afterApply: () => file.saved() }),
    });
    return new Emulator(cloud, server, file);
  }

  /** The folder of the socket: what is left to clean up if this process should die without closing. */
  get folder(): string {
    return this.server.folder;
  }

  /** The environment in which Terraform uses this provider. */
  environment(base: Environment): Environment {
    return attachedEnvironment(this.server.socket, base);
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.file?.close();
  }
}
