import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { addressOf } from '../core/address';
import { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { Grants } from '../core/grants';
import { isToken, literal } from '../core/literal';
import { sortedSet } from '../core/order';
import { ALL_USERS, INVOKER_ROLE, type InvokerGrantee, principalOf, principalProblem } from '../core/principal';
import {
  deterministicUrl,
  type ICloudRunService,
  type IRegionalService,
  SERVICES,
  type ServiceAttributes,
} from '../core/service';
import type { CloudRunStackProps } from '../core/stack-props';

/** A Cloud Run service that is made elsewhere: in another project, in another stack, or by other means. */
export class ImportedService extends Construct implements ICloudRunService {
  /** The service that a prop of `scope` describes. */
  static of(scope: Construct, attributes: ServiceAttributes): ImportedService {
    const { project, region, name } = attributes;
    const id = ['elsewhere', project, region, name].map(encodeURIComponent).join(' ');
    const known = scope.node.tryFindChild(id) as ImportedService | undefined;
    return known ?? new ImportedService(scope, id, attributes);
  }

  readonly serviceName: string;
  readonly regional: readonly [IRegionalService];
  readonly environment: Environment;

  constructor(
    scope: Construct,
    id: string,
    readonly attributes: ServiceAttributes,
  ) {
    super(scope, id);
    this.environment = Environment.of(this);
    this.serviceName = attributes.name;
    this.regional = [new RegionElsewhere(this)];
    this.environment.registry.add(SERVICES, this);
  }

  grantInvoke(grantee: InvokerGrantee): TerraformResource[] {
    const principal = principalOf(grantee);
    const problem =
      principal === ALL_USERS
        ? { message: `'${principal}' is everybody on the internet`, remedy: 'make it public where it is made' }
        : isToken(principal)
          ? undefined
          : principalProblem(principal);
    if (problem) throw new Error(`${this.node.path}: ${problem.message}; ${problem.remedy}`);
    return this.regional.map((regional) => regional.grantInvoke(principal, { subject: this, path: [] }));
  }
}

/** The one region of a service that is made elsewhere. */
class RegionElsewhere implements IRegionalService {
  readonly location: string;
  readonly nameArgument: string;
  readonly url?: string;

  private readonly grants: Grants<CloudRunV2ServiceIamMember>;
  private readonly followers: TerraformResource[] = [];

  constructor(service: ImportedService) {
    const { environment } = service;
    const { project, region, name } = literal(service.attributes);
    const projectNumber = numberOf(service.attributes, environment.props);
    this.location = region;
    this.nameArgument = name;
    this.url = projectNumber && deterministicUrl(name, projectNumber, region);
    this.grants = new Grants(environment, ({ member, part }, origin) => {
      const id = `invoker_${part}`;
      const config = { project, location: region, name, role: INVOKER_ROLE, member };
      const grant = new CloudRunV2ServiceIamMember(service, id, config);
      environment.addresses.place(grant, `${environment.addresses.prefixOf(service)}_${id}`, origin);
      for (const follower of this.followers) waitFor(grant, follower);
      return grant;
    });
  }

  grantInvoke(principal: string, origin: Origin): TerraformResource {
    return this.grants.to(principal, origin);
  }

  precede(follower: TerraformResource): void {
    this.followers.push(follower);
    for (const grant of this.grants.byPrincipal.values()) waitFor(grant, follower);
  }
}

/** The project's number of a service that is made elsewhere; undefined if it is not known. */
export function numberOf(
  { project, projectNumber }: ServiceAttributes,
  environment: CloudRunStackProps,
): string | undefined {
  return projectNumber ?? (project === environment.project ? environment.projectNumber : undefined);
}

function waitFor(grant: TerraformResource, follower: TerraformResource): void {
  follower.dependsOn = sortedSet([...(follower.dependsOn ?? []), addressOf(grant)]);
}
