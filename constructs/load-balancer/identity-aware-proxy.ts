import type {
  ComputeBackendService,
  ComputeBackendServiceConfig,
} from '@cdktf/provider-google/lib/compute-backend-service';
import { IapWebBackendServiceIamMember } from '@cdktf/provider-google/lib/iap-web-backend-service-iam-member';
import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { referenceTo } from '../core/address';
import { Environment } from '../core/environment';
import { Grants } from '../core/grants';
import { ACCESSOR_ROLE, iapServiceAgent } from '../core/identity-aware-proxy';
import { isToken } from '../core/literal';
import type { ICloudRunService } from '../core/service';
import type { Parts } from './parts';

/** Who can pass Identity-Aware Proxy. */
export interface IapProps {
  /** Principals that get `roles/iap.httpsResourceAccessor`, in the form IAM writes them: `group:support@example.com`. */
  readonly members: readonly string[];
  /**
   * Id of an OAuth client of your own. Its secret is the sensitive Terraform variable `<load balancer>_oauth_client_secret`
   * (a dash becomes `_`, because `TF_VAR_…` cannot contain one). The file never contains the secret.
   * @default Google's own client, for members of the organization
   */
  readonly oauthClient?: string;
}

/** Identity-Aware Proxy for a load balancer, or for one of its backends. */
export class IdentityAwareProxy {
  /** The secret of the OAuth client, if there is a client. */
  readonly secret?: TerraformVariable;

  constructor(
    scope: Construct,
    name: string,
    readonly props: IapProps,
    private readonly path: readonly (string | number)[],
  ) {
    if (props.oauthClient === undefined) return;
    // A shell accepts no dash in the name of TF_VAR_…
    const variable = `${name.replaceAll('-', '_')}_oauth_client_secret`;
    this.secret = new TerraformVariable(scope, `${name} oauth client secret`, {
      type: 'string',
      description: isToken(props.oauthClient)
        ? 'Secret of the OAuth client'
        : `Secret of the OAuth client ${props.oauthClient}`,
      sensitive: true,
      nullable: false,
    });
    Environment.of(scope).addresses.placeVariable(this.secret, variable, {
      subject: scope,
      path: [...path, 'oauthClient'],
    });
  }

  /** The arguments of a backend service for Identity-Aware Proxy. */
  render(): ComputeBackendServiceConfig['iap'] {
    return {
      enabled: true,
      oauth2ClientId: this.props.oauthClient,
      oauth2ClientSecret: this.secret && `\${var.${this.secret.friendlyUniqueId}}`,
    };
  }

  /** Lets the members pass, and lets Google's service agent call the service for them. */
  protect(parts: Parts, key: string, service: ICloudRunService, backend: ComputeBackendService): void {
    const agent = iapServiceAgent(service.environment.props.projectNumber);
    for (const regional of service.regional) regional.grantInvoke(agent, { subject: service, path: [] });
    const webBackendService = referenceTo(backend, 'name');
    new Grants(service.environment, ({ member, part }, { path }) => {
      const config = { webBackendService, role: ACCESSOR_ROLE, member };
      return parts.add(IapWebBackendServiceIamMember, `${key}_iap_${part}`, config, { path, apis: ['iap'] });
    }).toEach(this.props.members, { subject: parts.loadBalancer, path: [...this.path, 'members'] });
  }
}
