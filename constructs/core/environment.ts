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

/** Where the services of a stack live, and what they share. */
export class Environment {
  private static readonly known = new WeakMap<TerraformStack, Environment>();
  private static readonly validations: Validation[] = [];

  /** The environment of the stack that holds `scope`. In a plain `TerraformStack` the google provider gives project and region. */
  static of(scope: IConstruct): Environment {
    const stack = TerraformStack.of(scope);
    return Environment.known.get(stack) ?? new Environment(stack, propsOfProvider(stack), { isPlainStack: true });
  }

  /** Has every stack validated, plain ones included. The checks know the constructs, which know this file: not the other way round. */
  static validateEach(validation: Validation): void {
    Environment.validations.push(validation);
  }

  /** The stack's addresses in Terraform. */
  readonly addresses: Addresses;
  /** The APIs that the stack enables. */
  readonly apis: EnabledApis;
  /** Who is granted something, and which accounts are created here. */
  readonly principals: Principals;
  /** What is in the stack. */
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

  /** What the organization allows; nothing is restricted where nothing is known. */
  get policies(): OrganizationPolicies {
    return this.props.organizationPolicies ?? {};
  }

  /** The environments of all stacks of the app, this one among them. */
  get ofApp(): readonly Environment[] {
    const stacks = this.stack.node.root.node.children.filter(TerraformStack.isStack);
    return stacks.flatMap((stack) => Environment.known.get(stack) ?? []);
  }

  /** A construct that groups what belongs to the stack rather than to one service. */
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
    `${stack.node.path}: no project and region are known; use a CloudRunStack, or give the stack a GoogleProvider with both before its services`,
  );
}
