import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { Addresses } from './addresses';
import { cached } from './cached';
import { EnabledApis } from './enabled-apis';
import { constraintOf, DEFAULT_GOOGLE_PROVIDER, GoogleProviderVersions } from './google-provider';
import { Principals } from './principals';
import { Registry } from './registry';
import type { CloudRunStackProps, OrganizationPolicies } from './stack-props';

/** Finds what is wrong in a stack before it is synthesized. */
type Validation = (environment: Environment) => string[];

/** The project and region of a stack's services, and what the services share. */
export class Environment {
  private static readonly known = new WeakMap<TerraformStack, Environment>();
  private static readonly validations: Validation[] = [];

  /** The environment of the stack that contains `scope`. In a plain `TerraformStack`, project and region are those of the google provider. */
  static of(scope: IConstruct): Environment {
    const stack = TerraformStack.of(scope);
    return Environment.known.get(stack) ?? new Environment(stack, propsOfProvider(stack), { isPlainStack: true });
  }

  /** Adds a validation for every stack, plain ones included. The checks import the constructs and the constructs import this file, so this file cannot import the checks. */
  static validateEach(validation: Validation): void {
    Environment.validations.push(validation);
  }

  /** The stack's addresses in Terraform. */
  readonly addresses: Addresses;
  /** The APIs that the stack enables. */
  readonly apis: EnabledApis;
  /** The principals that get grants, and the accounts that the stack creates. */
  readonly principals: Principals;
  /** The contents of the stack, by kind. */
  readonly registry = new Registry();
  /** The versions of the google provider that the stack may be applied with. */
  readonly googleProvider: GoogleProviderVersions;

  private readonly groups = new Map<string, Construct>();

  constructor(
    readonly stack: TerraformStack,
    readonly props: CloudRunStackProps,
    { isPlainStack = false } = {},
  ) {
    this.addresses = new Addresses(stack, isPlainStack);
    this.principals = new Principals(stack);
    this.apis = new EnabledApis(
      () => this.group('enabled APIs'),
      props.project,
      this.addresses,
      props.enableApis ? { subject: stack, path: ['enableApis'] } : undefined,
    );
    this.googleProvider = GoogleProviderVersions.parse(props.googleProvider ?? DEFAULT_GOOGLE_PROVIDER);
    Environment.known.set(stack, this);
    stack.node.addValidation({ validate: () => Environment.validations.flatMap((validate) => validate(this)) });
  }

  /** What the organization allows. Without the prop, nothing is restricted. */
  get policies(): OrganizationPolicies {
    return this.props.organizationPolicies ?? {};
  }

  /** The environments of all stacks of the app, this one among them. */
  get ofApp(): readonly Environment[] {
    const stacks = this.stack.node.root.node.children.filter(TerraformStack.isStack);
    return stacks.flatMap((stack) => Environment.known.get(stack) ?? []);
  }

  /** A construct for resources that belong to the stack and not to one service. */
  group(id: string): Construct {
    return cached(this.groups, id, () => new Construct(this.stack, id));
  }
}

function propsOfProvider(stack: TerraformStack): CloudRunStackProps {
  const provider = stack.node.children.find(
    (child): child is TerraformProvider & { project?: string; region?: string } =>
      'terraformResourceType' in child && child.terraformResourceType === 'google',
  );
  if (provider?.project && provider.region) {
    return { project: provider.project, region: provider.region, googleProvider: constraintOf(stack, provider) };
  }
  throw new Error(
    `${stack.node.path}: the project and region are not known; use a CloudRunStack, or give the stack a GoogleProvider with both before its services`,
  );
}
