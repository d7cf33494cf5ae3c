import type { Behaviour, PlanRules } from '../behaviour';
import { storedObject } from '../stored';

const type = 'google_project_service';

const plan: PlanRules = {
  forceNew: ['project', 'service'],
  project: 'provider',
  defaults: { disable_on_destroy: true },
};

export const projectService: Behaviour = {
  type,
  source: 'google/services/resourcemanager/resource_google_project_service.go',
  plan,
  check: {
    values: {
      service: (value, name) =>
        value.includes('.') ? undefined : `expected ${name} to be a domain name like run.googleapis.com`,
    },
  },
  operations: storedObject(type, plan, {
    id: '{project}/{service}',
    noun: 'project service',
    // Enabling an enabled API is no error.
    overwrites: true,
    keptOnDelete: ({ disable_on_destroy: disable }) => disable === false,
    stateOnly: {
      disable_on_destroy: true,
      disable_dependent_services: null,
      check_if_service_has_usage_on_destroy: null,
    },
  }),
};
