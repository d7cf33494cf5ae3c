import type { Call, ValueCheck } from '../behaviour';
import type { Policy } from '../cloud';
import { apiError, Refusal } from '../errors';
import { type IdPattern, idFrom } from '../identity';
import { isZero, type ObjectValue, UNKNOWN, type Value } from '../protocol/values';
import { policyEtag, type RoleKey, setPolicy } from './policy';

/** A kind of resource with an IAM policy. */
export interface IamTarget {
  /** `google_cloud_run_v2_service` of `google_cloud_run_v2_service_iam_member`. */
  readonly prefix: string;
  readonly source: string;
  /** The provider's name for it in messages. */
  readonly noun: string;
  /** The id of the policy in the cloud. */
  readonly policy: IdPattern;
  /** The beginning of the state's ids. The default is the policy's id. */
  readonly id?: IdPattern;
  /** The argument that names the target. Generated IAM resources return the long name in it. */
  readonly argument: string;
  readonly longName: boolean;
  readonly forceNew: readonly string[];
  readonly check?: { readonly [path: string]: ValueCheck };
  /** The API answers 404 if none of these exists. Only resources that a stack must own itself are checked. */
  readonly mustExist?: readonly { readonly type: string; readonly id: IdPattern }[];
}

/** The target of one call: its arguments, with the provider's project and region as defaults. */
export class BoundTarget {
  readonly policyId: string;
  private readonly arguments: ObjectValue;

  constructor(
    private readonly target: IamTarget,
    readonly state: ObjectValue,
    private readonly call: Call,
  ) {
    const { project, location } = state;
    this.arguments = {
      ...state,
      project: known(project) ?? call.provider.project,
      ...('location' in state && { location: known(location) ?? call.provider.region }),
    };
    this.policyId = idFrom(target.policy, this.arguments);
  }

  get policy(): Policy {
    return this.call.cloud.policy(this.policyId);
  }

  change(role: RoleKey, members: (before: string[]) => string[]): void {
    this.replace({ ...this.policy, [role]: members(this.policy[role] ?? []) });
  }

  replace(policy: Policy): void {
    const about = `Error applying IAM policy for ${this.target.noun} "${this.policyId}"`;
    if (!this.exists()) throw new Refusal(`${about}: ${apiError(404, `Resource '${this.policyId}' was not found`)}`);
    try {
      setPolicy(this.call.cloud, this.policyId, String(this.arguments.project), policy);
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(`${about}: ${error.message}`) : error;
    }
  }

  exists(): boolean {
    const { mustExist } = this.target;
    if (mustExist === undefined) return true;
    return mustExist.some(({ type, id }) => this.call.cloud.find(type, idFrom(id, this.arguments)) !== undefined);
  }

  /** The state of an IAM resource: the target's arguments, the resource's own values, the id and the policy's etag. */
  stateWith(own: ObjectValue, ...idParts: Value[]): ObjectValue {
    const id = idFrom(this.target.id ?? this.target.policy, this.arguments);
    const { argument, longName } = this.target;
    return {
      ...this.arguments,
      ...(longName && { [argument]: idFrom(this.target.id ?? this.target.policy, this.arguments) }),
      ...own,
      etag: policyEtag(this.policy),
      id: [id, ...idParts.filter((part) => !isZero(part))].join('/'),
    };
  }
}

function known(value: Value): Value {
  return value === UNKNOWN || isZero(value) ? undefined : value;
}
