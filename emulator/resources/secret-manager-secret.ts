import type { Behaviour, PlanRules } from '../behaviour';
import { Refusal } from '../errors';
import { storedObject } from '../stored';

const type = 'google_secret_manager_secret';

const plan: PlanRules = {
  forceNew: [
    'project',
    'secret_id',
    'replication',
    'replication.auto',
    'replication.user_managed',
    'replication.user_managed.replicas',
    'replication.user_managed.replicas.location',
    'rotation.rotation_period',
    'tags',
    'ttl',
  ],
  project: 'provider',
  labels: 'top',
  defaults: { deletion_protection: false },
};

export const secretManagerSecret: Behaviour = {
  type,
  source: 'google/services/secretmanager/resource_secret_manager_secret.go',
  plan,
  check: { exactlyOneOf: [['replication.user_managed', 'replication.auto']] },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/secrets/{secret_id}',
    noun: 'Secret',
    stateOnly: { deletion_protection: false, tags: null },
    computed: (secret, call) => ({
      name: `projects/${call.cloud.projectNumber(String(secret.project))}/secrets/${secret.secret_id}`,
    }),
    refuseDelete: ({ deletion_protection: isProtected }) => {
      if (isProtected)
        throw new Refusal('cannot destroy secret manager secret without setting deletion_protection=false');
    },
    policies: (id) => [id],
  }),
};
