import { attachedEnvironment, type Environment } from './attach';
import { Cloud } from './cloud';
import { CloudFile } from './cloud-file';
import { typesIn, versionIn } from './configuration';
import { type ProviderServer, serveProvider } from './server';

export interface EmulatorOptions {
  /** The initial cloud, in memory. */
  readonly cloud?: Cloud;
  /** A file that stores the cloud instead. */
  readonly cloudFile?: string;
  /**
   * The folders of the configuration to plan. They give the provider's version and the types without a behaviour, which are refused by
   * name. By default the newest version is served.
   */
  readonly folders?: () => Iterable<string>;
  /** Creates objects during the plan. The plan then has all values that an apply would leave. */
  readonly createWhilePlanning?: boolean;
}

/** A google provider and its cloud, until it is closed. */
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

  /** The folder of the socket. Remove it if this process ends without closing the emulator. */
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
