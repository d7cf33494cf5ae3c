import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import type { Construct } from 'constructs';
import { addressOf } from './address';
import type { Addresses } from './addresses';
import { cached } from './cached';
import type { Origin } from './finding';

/** The APIs that a stack enables. */
export class EnabledApis {
  private readonly services = new Map<string, ProjectService>();

  /**
   * @param scope makes the construct that the resources are below, on first use
   * @param origin what asked for the APIs; nothing, and none is enabled
   */
  constructor(
    private readonly scope: () => Construct,
    private readonly project: string,
    private readonly addresses: Addresses,
    private readonly origin: Origin | undefined,
  ) {}

  /** The addresses to depend on before an API is called: its enablement, where the stack enables APIs. */
  require(name: string): string[] {
    const { origin } = this;
    if (!origin) return [];
    const service = cached(this.services, name, () => {
      // Another stack or team may rely on the API, so destroying this stack leaves it on.
      const enabled = new ProjectService(this.scope(), name, {
        project: this.project,
        service: `${name}.googleapis.com`,
        disableOnDestroy: false,
      });
      this.addresses.place(enabled, name, origin);
      return enabled;
    });
    return [addressOf(service)];
  }
}
