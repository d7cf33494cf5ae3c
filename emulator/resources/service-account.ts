import type { Behaviour, PlanRules } from '../behaviour';
import { digits } from '../cloud';
import { UNKNOWN } from '../protocol/values';
import { storedObject } from '../stored';
import { matching } from '../validation';
import { markDeleted } from './deleted-account';

const type = 'google_service_account';

const plan: PlanRules = {
  forceNew: ['account_id', 'project'],
  project: 'provider',
  defaults: { disabled: false },
  // resourceServiceAccountCustomDiff: email and member are known if the account's id and project are known.
  customize: (planned, prior) => {
    const { account_id: id, project } = planned;
    if (id === UNKNOWN || project === UNKNOWN || (prior && prior.account_id === id && prior.project === project))
      return;
    planned.email = `${id}@${project}.iam.gserviceaccount.com`;
    planned.member = `serviceAccount:${planned.email}`;
  },
};

export const serviceAccount: Behaviour = {
  type,
  source: 'google/services/resourcemanager/resource_google_service_account.go',
  plan,
  check: { values: { account_id: matching(/^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/) } },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/serviceAccounts/{email}',
    noun: 'service account',
    stateOnly: { create_ignore_already_exists: null },
    computed: ({ account_id, project, email }, _call, creation) => {
      const address = email ?? `${account_id}@${project}.iam.gserviceaccount.com`;
      return {
        email: address,
        member: `serviceAccount:${address}`,
        name: `projects/${project}/serviceAccounts/${address}`,
        unique_id: digits(21, 'account', String(address), creation),
      };
    },
    policies: (id) => [id],
    deleted: markDeleted,
  }),
};
