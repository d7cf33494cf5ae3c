import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import { Construct } from 'constructs';
import { referenceTo } from '../core/address';
import { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { Grants } from '../core/grants';
import { isToken, literal } from '../core/literal';
import { nonEmpty } from '../core/order';
import { Kind } from '../core/registry';
import type { ICloudRunService } from '../core/service';
import { withoutStackTraces } from '../core/stack-traces';
import { type Grantable, grantToService } from './grantee';

/** A topic that is created elsewhere. */
export interface ExistingTopic {
  /** The topic's full name: `projects/P/topics/T`. */
  readonly existing: string;
}

/** A topic: the name of a topic that this stack creates once for all who name it, or an existing one. */
export type TopicReference = string | ExistingTopic;

const FULL_NAME = /^projects\/([^/]+)\/topics\/([^/]+)$/;

/** The Pub/Sub topics that a stack uses. */
export const TOPICS = new Kind<Topic>('topics');

/** A Pub/Sub topic, and who may publish to it. */
export class Topic extends Construct implements Grantable {
  /** Returns the topic, and makes it on first use. */
  static of(environment: Environment, topic: TopicReference, origin: Origin): Topic {
    const { project } = environment.props;
    const fullName = typeof topic === 'string' ? `projects/${project}/topics/${topic}` : topic.existing;
    const scope = environment.group('Pub/Sub topics');
    const id = isToken(fullName) ? environment.addresses.part(fullName, origin) : encodeURIComponent(fullName);
    const known = scope.node.tryFindChild(id) as Topic | undefined;
    if (!known) return new Topic(scope, id, topic, origin);
    known.uses.push({ topic, origin });
    return known;
  }

  readonly variableEnding = 'TOPIC';
  readonly fullName: string;
  readonly shortName: string;
  /** The resource that Terraform creates; undefined for an existing topic. */
  readonly resource?: PubsubTopic;
  /** The topic as an argument: a reference if it is created here. */
  readonly reference: string;
  /** All places that name the topic. */
  readonly uses: { readonly topic: TopicReference; readonly origin: Origin }[];
  /** The grants to publish. */
  readonly publisherGrants: Grants<PubsubTopicIamMember>;

  /** What the addresses of the topic and its grants begin with. */
  readonly addressPrefix: string;

  private readonly environment: Environment;

  private constructor(scope: Construct, id: string, topic: TopicReference, origin: Origin) {
    super(scope, id);
    this.environment = Environment.of(this);
    this.uses = [{ topic, origin }];
    const { project } = this.environment.props;
    this.fullName = typeof topic === 'string' ? `projects/${project}/topics/${topic}` : topic.existing;
    const [, owner = project, name = this.fullName] = FULL_NAME.exec(this.fullName) ?? [];
    this.addressPrefix = this.environment.addresses.part(owner === project ? name : this.fullName, origin);
    this.shortName = isToken(name) ? this.addressPrefix : name;
    if (typeof topic === 'string') {
      const config = { project, name: literal(topic) };
      this.resource = withoutStackTraces(() => new PubsubTopic(this, 'Default', config));
      this.resource.dependsOn = nonEmpty(this.environment.apis.require('pubsub'));
      this.environment.addresses.place(this.resource, this.addressPrefix, origin);
    }
    this.reference = this.resource ? referenceTo(this.resource, 'id') : literal(this.fullName);
    const target = { project: owner, topic: this.resource ? referenceTo(this.resource, 'name') : literal(name) };
    this.publisherGrants = new Grants(this.environment, ({ member, part }, origin) => {
      const id = `publisher_${part}`;
      const grant = new PubsubTopicIamMember(this, id, { ...target, role: 'roles/pubsub.publisher', member });
      return this.environment.addresses.place(grant, `${this.addressPrefix}_${id}`, origin);
    });
    this.environment.registry.add(TOPICS, this);
  }

  /** Lets a principal publish. Granting it again changes nothing. */
  grant(principal: string, origin: Origin): void {
    this.publisherGrants.to(principal, origin);
  }

  /** Lets a service publish, and sets an environment variable of the service to the topic's full name. */
  grantPublish(service: ICloudRunService, { env }: { readonly env?: string } = {}): void {
    grantToService(this, service, env, { subject: service, path: [] });
  }
}
