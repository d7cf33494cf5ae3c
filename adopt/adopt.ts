import { parse, stringify } from 'yaml';
import { buildStacks, type Problem } from '../services-yaml';
import { adoptAccess } from './access';
import { adoptCalls } from './calls';
import { adoptDomains } from './domains';
import { ofOtherProjects, type Target, type TargetOptions, targetOf } from './environment';
import { adoptedFile } from './file';
import type { Inventory, Json, Remark } from './found';
import { adoptIdentity } from './identity';
import { type Outcome, outcomeOf } from './imports';
import { withoutOther } from './left-out';
import { type InputFile, readFiles } from './read';
import { type AdoptedService, adoptServices } from './services';
import { adoptTriggers, hasTriggersThatNeedNumber } from './triggers';
import { appToLookAt, writtenBy } from './written';

/** The files that an adoption writes, and the content of its report. */
export interface Adoption {
  readonly target: Target;
  /** Text of services.yaml. */
  readonly services: string;
  /** Text of imports.yaml. */
  readonly imports: string;
  /** The adopted services. */
  readonly adopted: readonly AdoptedService[];
  /** Services that the file had already: they are not changed. */
  readonly kept: readonly string[];
  /** Services without an IAM policy in the input. */
  readonly withoutPolicy: readonly string[];
  /** What was read, but cannot be written to the file. */
  readonly leftOut: readonly Remark[];
  readonly outcome: Outcome;
  /** The findings of the checks in the file. */
  readonly problems: readonly Problem[];
  /** Addresses in the Terraform state that manages the resources now: of the adopted ones, and of all. */
  readonly elsewhere: { readonly adopted: readonly string[]; readonly managed: readonly string[] };
}

/** Why nothing can be adopted: one line each. */
export class AdoptionRefused extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join('\n'));
  }
}

/** Settings of an adoption. */
export interface AdoptOptions extends TargetOptions {
  /** Text of the existing services.yaml and imports.yaml. */
  readonly existing?: { readonly services?: string; readonly imports?: string };
}

/** Makes services.yaml from exported resources, with the ids to import them. Throws AdoptionRefused. */
export function adopt(files: readonly InputFile[], options: AdoptOptions): Adoption {
  const inventory = readFiles(files, options);
  const { unreadable = [] } = inventory;
  // If a policy is incomplete, its service would look private.
  if (unreadable.length > 0) throw new AdoptionRefused(unreadable.map(({ about, text }) => `${about}: ${text}`));
  const target = targetOf(inventory, options);
  if (typeof target === 'string') {
    throw new AdoptionRefused([...inventory.leftOut.map(({ about, text }) => `${about}: ${text}`), target]);
  }
  const leftOut = [...inventory.leftOut, ...ofOtherProjects(inventory, target)];
  const adopted = services(inventory, target, leftOut);
  const file = adoptedFile(adopted, environmentOf(adopted, target), target, options.existing?.services);
  const { stacks, problems } = buildStacks(appToLookAt(), file.text);
  const stack = stacks.find(({ node }) => node.id === target.environment);
  const written = stack ? writtenBy(stack) : [];
  const outcome = outcomeOf(written, inventory);
  return {
    target,
    services: file.text,
    imports: importsText(outcome, target, options.existing?.imports),
    adopted,
    kept: file.kept,
    leftOut: [...leftOut, ...withoutOther(inventory, outcome, target)],
    withoutPolicy: adopted
      .filter(({ found }) => !found.some(({ id }) => inventory.grants.some((grant) => grant.target === id)))
      .map(({ key }) => key),
    outcome,
    problems,
    elsewhere: { adopted: adoptedFrom(inventory, outcome), managed: inventory.managed ?? [] },
  };
}

function services(inventory: Inventory, target: Target, leftOut: Remark[]): AdoptedService[] {
  const adopted = adoptServices(inventory, target, leftOut);
  const triggered = adoptTriggers(adopted, inventory, target, leftOut);
  const called = adoptCalls(adopted, inventory, callTarget(adopted, target));
  adoptDomains(adopted, inventory, target, leftOut);
  for (const service of adopted) {
    adoptIdentity(service, adopted, inventory, target, leftOut);
    const implied = new Set([...(triggered.get(service) ?? []), ...(called.get(service) ?? [])]);
    adoptAccess(service, inventory, implied, leftOut);
  }
  return adopted;
}

function environmentOf(adopted: readonly AdoptedService[], target: Target): Json {
  const { project, region } = target;
  const { projectNumber } = callTarget(adopted, target);
  return { project, ...(projectNumber === undefined ? {} : { projectNumber }), region };
}

/** The target with the project's number only if a service needs it: the number also decides the form of the URLs of calls. */
function callTarget(adopted: readonly AdoptedService[], target: Target): Target {
  const needsNumber = adopted.some(
    (service) =>
      hasTriggersThatNeedNumber(service) ||
      service.found.some(({ values }) => values.iap_enabled === true) ||
      service.found.some(({ values }) => /-compute@developer/.test(JSON.stringify(values))),
  );
  return needsNumber ? target : { ...target, projectNumber: undefined };
}

function importsText({ imports }: Outcome, { environment }: Target, existing: string | undefined): string {
  const before: Readonly<Record<string, object>> = existing === undefined ? {} : (parse(existing) ?? {});
  return stringify({ ...before, [environment]: { ...before[environment], ...imports } }, { lineWidth: 0 });
}

/** Addresses that the Terraform state of today must give up. */
function adoptedFrom({ resources, grants }: Inventory, { taken }: Outcome): string[] {
  const own = resources.filter(({ id }) => taken.has(id.toLowerCase()));
  const ownGrants = grants.filter(({ target, role, member }) =>
    [`${target} ${role} ${member}`, `${target} ${role}`].some((id) => taken.has(id.toLowerCase())),
  );
  const addresses = [...own, ...ownGrants].flatMap(({ address }) => address ?? []);
  return [...new Set(addresses)].sort();
}
