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
   * @param scope makes the construct that contains the resources, on first use
   * @param origin what asks for the APIs; without it, no API is enabled
   */
  constructor(
    private readonly scope: () => Construct,
    private readonly project: string,
    private readonly addresses: Addresses,
    private readonly origin: Origin | undefined,
  ) {}

  /** The addresses to depend on before a resource uses an API: the resource that enables it, or none if the stack enables no APIs. */
  require(name: string): string[] {
    const { origin } = this;
    if (!origin) return [];
    const service = cached(this.services, name, () => {
      // Another stack or team may use the API, so destroying this stack does not disable it.
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
