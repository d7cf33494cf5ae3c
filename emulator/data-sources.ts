import type { Call } from './behaviour';
import { hash, type Policy } from './cloud';
import { policyData, roleKey } from './iam/policy';
import { isObject, type ObjectValue, objectsIn } from './protocol/values';

export type DataSource = (config: ObjectValue, call: Call) => ObjectValue;

const DATA_SOURCES: { readonly [type: string]: DataSource } = {
  // google/services/resourcemanager/data_source_google_project.go
  google_project: (config, { cloud, provider }) => {
    const project = String(config.project_id ?? provider.project);
    return {
      ...config,
      project_id: project,
      name: project,
      number: cloud.projectNumber(project),
      id: `projects/${project}`,
    };
  },
  // google/services/resourcemanager/data_source_google_iam_policy.go: the policy as JSON, with sorted bindings and members
  google_iam_policy: (config) => {
    const policy: Policy = {};
    for (const { role, members, condition } of objectsIn(config.binding)) {
      const key = roleKey(role, objectsIn(condition)[0] ?? (isObject(condition) ? condition : undefined));
      policy[key] = [...(policy[key] ?? []), ...(Array.isArray(members) ? members.map(String) : [])];
    }
    const data = policyData(policy);
    return { ...config, policy_data: data, id: hash(data).slice(0, 10) };
  },
};

export function dataSource(type: string): DataSource | undefined {
  return DATA_SOURCES[type];
}

export function dataSourceTypes(): string[] {
  return Object.keys(DATA_SOURCES);
}
