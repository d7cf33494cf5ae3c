import type { Ingress } from './ingress';
import type { Text } from './text';

/** State in a file on this machine. */
export interface LocalBackend {
  /** State in a file on this machine. */
  readonly local: {
    /**
     * Path of the file, relative to the stack's folder `cdktf.out/stacks/NAME`.
     * @default "../../../terraform.NAME.tfstate"
     */
    readonly path?: string;
  };
}

/** State in a Cloud Storage bucket. */
export interface GcsBackend {
  /** State in a Cloud Storage bucket. */
  readonly gcs: {
    /** Name of the bucket. */
    readonly bucket: string;
    /**
     * Folder of the state in the bucket. Two environments that would share one state are refused.
     * @default the environment's name
     */
    readonly prefix?: Text;
    /**
     * Customer-managed key that encrypts the state.
     * @default Google's key
     */
    readonly kmsEncryptionKey?: string;
    /**
     * Service account to act as when reading and writing the state.
     * @default the caller
     */
    readonly impersonateServiceAccount?: string;
  };
}

/** State in HCP Terraform or Terraform Enterprise. */
export interface CloudBackend {
  /** State in HCP Terraform or Terraform Enterprise. */
  readonly cloud: {
    /** Name of the organization. */
    readonly organization: string;
    /** Name of the workspace. */
    readonly workspace: string;
    /**
     * Project of the workspace.
     * @default the organization's default project
     */
    readonly project?: string;
    /**
     * Host name of a Terraform Enterprise installation.
     * @default "app.terraform.io"
     */
    readonly hostname?: string;
  };
}

/** Where Terraform keeps the state: exactly one of three kinds. */
export type Backend = LocalBackend | GcsBackend | CloudBackend;

/** What the organization allows. A violation is then an error before the plan, and not only at apply. */
export interface OrganizationPolicies {
  /**
   * `iam.allowedPolicyMemberDomains`: the domains whose members may be granted anything. `allUsers` is then refused.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedPolicyMemberDomains?: readonly string[];
  /**
   * `run.allowedIngress`: the ingress settings a service may have.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedIngress?: readonly Ingress[];
  /**
   * `run.managed.requireInvokerIam`: whether the invoker check must stay on.
   * @default false
   */
  readonly requireInvokerIam?: boolean;
  /**
   * `run.allowedVPCEgress`: the egress settings a service may have.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedVpcEgress?: readonly ('all-traffic' | 'private-ranges-only')[];
  /**
   * `run.allowedBinaryAuthorizationPolicies`: every service must use one of these policies.
   * @default not restricted
   * @minItems 1
   */
  readonly allowedBinaryAuthorizationPolicies?: readonly string[];
}

/** The project and region of a stack's services, and settings for all of them. */
export interface CloudRunStackProps {
  /** The Google Cloud project's id. */
  readonly project: string;

  /**
   * The project's number, digits in quotes. Needed for Google's service agents, services that call each other, and grants to the default account.
   * @default none
   */
  readonly projectNumber?: string;

  /** Region of the services that set none, such as `europe-west1`. */
  readonly region: string;

  /**
   * Labels of every service. A service's own labels are added to them and replace those of the same name.
   * @default none
   * @terraform google_cloud_run_v2_service labels, template.labels
   */
  readonly labels?: Readonly<Record<string, Text>>;

  /**
   * Where Terraform keeps the state.
   * @default a local file beside services.yaml
   * @terraform terraform.backend, terraform.cloud
   */
  readonly backend?: Backend;

  /**
   * Version of the google provider: an exact one, or `~> 7.44` for 7.44 and later ones below 8; the lock file
   * (`terraform providers lock`) then fixes one. Supported are 6.50, and 7.44 or later.
   * @default "7.45.0"
   * @terraform terraform.required_providers.google.version
   */
  readonly googleProvider?: string;

  /**
   * Whether to enable the APIs in use. Terraform never disables them again.
   * @default false
   * @gcloud gcloud services enable
   * @terraform google_project_service
   */
  readonly enableApis?: boolean;

  /**
   * What the organization's policies allow, so that violations are found before a plan.
   * @default nothing is restricted
   */
  readonly organizationPolicies?: OrganizationPolicies;
}
