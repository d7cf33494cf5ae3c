import type { Grant, Inventory, Json } from '../found';
import { policyGrants } from './terraform';

const SERVICE = 'google_cloud_run_v2_service';

/** Whether a document is an IAM policy, in the form of `get-iam-policy`. A policy without grants has only an etag. */
export function isPolicy(document: Json): boolean {
  if ('kind' in document || 'name' in document) return false;
  return Array.isArray(document.bindings) || (typeof document.etag === 'string' && Object.keys(document).length <= 2);
}

/** A policy, with its service: the user names it, or the file name shows it. */
export interface ServicePolicy {
  readonly document: Json;
  readonly file: string;
  /** The service's name that the user wrote before the file: `SERVICE=FILE`. */
  readonly service?: string;
}

/** The grants of policies, or why a policy cannot be used. */
export function readPolicies(policies: readonly ServicePolicy[], { resources }: Inventory): Inventory {
  const services = resources.filter(({ type }) => type === SERVICE);
  const read = policies.map(({ document, file, service }): { grants: Grant[]; refusal?: string } => {
    const named =
      service ??
      nameIn(
        file,
        services.map(({ values }) => String(values.name)),
      );
    const meant = services.filter(
      ({ values }) => values.name === named && (services.length === 1 || isIn(file, values, services)),
    );
    const [only] = meant;
    if (meant.length === 1 && only) return { grants: policyGrants(document, only.id, file) };
    return {
      grants: [],
      refusal: 'its service is not known: name the file SERVICE.iam.json, or write SERVICE=FILE',
    };
  });
  return {
    resources: [],
    grants: read.flatMap(({ grants }) => grants),
    leftOut: read.flatMap(({ refusal }, index) =>
      refusal ? [{ about: policies[index]?.file ?? '', text: refusal }] : [],
    ),
  };
}

/** The longest service name with which the file name begins: `web.iam.json` belongs to `web`. */
function nameIn(file: string, names: readonly string[]): string | undefined {
  const base = file.replace(/^.*[\\/]/, '');
  return [...new Set(names)]
    .filter((name) => base === name || new RegExp(`^${name}[^a-z0-9]`).test(base))
    .sort((a, b) => b.length - a.length)[0];
}

/** Whether the file name has the region of a service, for a service in several regions. */
function isIn(file: string, values: Json, services: readonly { values: Json }[]): boolean {
  const sameName = services.filter((each) => each.values.name === values.name);
  return sameName.length === 1 || file.includes(String(values.location));
}
