import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { SqlDatabaseInstance } from '@cdktf/provider-google/lib/sql-database-instance';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { TerraformVariable, Token } from 'cdktf';
import { CloudRunService, type CloudRunStack } from '../../constructs';
import { emptyStack, IMAGE } from './synth';

/** The resources of an app before it has services. */
function otherThings(stack: CloudRunStack) {
  const project = 'acme-prod';
  return {
    caller: new ServiceAccount(stack, 'caller', { project, accountId: 'caller' }),
    enqueuer: new ServiceAccount(stack, 'enqueuer', { project, accountId: 'enqueuer' }),
    secret: new SecretManagerSecret(stack, 'shop-token', {
      project,
      secretId: 'shop-token',
      replication: { auto: {} },
    }),
    bucket: new StorageBucket(stack, 'files', { project, name: 'acme-files', location: 'EU' }),
    sql: new SqlDatabaseInstance(stack, 'orders', {
      project,
      databaseVersion: 'POSTGRES_16',
      settings: { tier: 'db-f1-micro' },
    }),
    network: new ComputeNetwork(stack, 'backbone', { project, name: 'backbone' }),
    topic: new PubsubTopic(stack, 'uploads', { project, name: 'uploads' }),
    role: new TerraformVariable(stack, 'extra_role', { type: 'string', default: 'roles/datastore.user' }),
    timeout: new TerraformVariable(stack, 'timeout', { type: 'number', default: 60 }),
    port: new TerraformVariable(stack, 'port', { type: 'number', default: 8081 }),
  };
}

/** A service that gets them as tokens, with `noise` made before each, so that each token has another number. */
export function serviceOfTokens(noise = 0): CloudRunStack {
  const stack = emptyStack({ projectNumber: '123456789012' });
  const skip = () => {
    for (let index = 0; index < noise; index += 1) Token.asString({ resolve: () => 'noise' });
  };
  const { caller, enqueuer, secret, bucket, sql, network, topic, role, timeout, port } = otherThings(stack);
  skip();
  const api = new CloudRunService(stack, 'api', {
    image: IMAGE,
    deletionProtection: false,
    executionEnvironment: 'gen2',
    invokers: [caller.member],
    iam: { 'roles/run.viewer': [caller.member] },
    roles: [role.stringValue],
    network: network.id,
    cloudSqlInstances: [sql.connectionName],
    env: { TOKEN: { secret: secret.secretId, version: '1' } },
    volumes: {
      files: { gcs: { bucket: bucket.name }, mountPath: '/files' },
      key: { secret: secret.secretId, version: '1', mountPath: '/key' },
    },
    timeout: timeout.numberValue,
    port: port.numberValue,
    taskQueues: { mail: { enqueuers: [`serviceAccount:${enqueuer.email}`] } },
    subscriptions: { uploads: { topic: { existing: topic.id } } },
  });
  skip();
  api.grantInvoke(enqueuer);
  skip();
  api.grantInvoke(caller.member);
  return stack;
}
