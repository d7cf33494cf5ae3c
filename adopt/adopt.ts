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
import { adoptTriggers } from './triggers';
import { appToLookAt, writtenBy } from './written';

/** What an adoption writes, and what there is to say of it. */
export interface Adoption {
  readonly target: Target;
  /** Text of services.yaml. */
  readonly services: string;
  /** Text of imports.yaml. */
  readonly imports: string;
  /** The adopted services. */
  readonly adopted: readonly AdoptedService[];
  /** Services that the file had already and that stay as they are there. */
  readonly kept: readonly string[];
  /** Services of whose grants the files say nothing. */
  readonly withoutPolicy: readonly string[];
  /** What was read and cannot be said. */
  readonly leftOut: readonly Remark[];
  /** What the first apply does. */
  readonly outcome: Outcome;
  /** What the checks say of the file. */
  readonly problems: readonly Problem[];
  /** Addresses of what was adopted in the Terraform state that manages it now, and of everything in that state. */
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
  /** Text of the services.yaml and imports.yaml that are there already. */
  readonly existing?: { readonly services?: string; readonly imports?: string };
}

/** Turns what runs into services.yaml and the ids to import it by. Throws AdoptionRefused. */
export function adopt(files: readonly InputFile[], options: AdoptOptions): Adoption {
  const inventory = readFiles(files, options);
  const { unreadable = [] } = inventory;
  // A policy that is cut off would make a service look private.
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

/** The project's number is written where something needs it: it also decides on the form of the URLs of calls. */
function callTarget(adopted: readonly AdoptedService[], target: Target): Target {
  const needsNumber = adopted.some(
    ({ props, found }) =>
      props.subscriptions ||
      props.events ||
      found.some(({ values }) => values.iap_enabled === true) ||
      found.some(({ values }) => /-compute@developer/.test(JSON.stringify(values))),
  );
  return needsNumber ? target : { ...target, projectNumber: undefined };
}

function importsText({ imports }: Outcome, { environment }: Target, existing: string | undefined): string {
  const before: Readonly<Record<string, object>> = existing === undefined ? {} : (parse(existing) ?? {});
  return stringify({ ...before, [environment]: { ...before[environment], ...imports } }, { lineWidth: 0 });
}

/** What the Terraform that manages it now has to let go of. */
function adoptedFrom({ resources, grants }: Inventory, { taken }: Outcome): string[] {
  const own = resources.filter(({ id }) => taken.has(id.toLowerCase()));
  const ownGrants = grants.filter(({ target, role, member }) =>
    [`${target} ${role} ${member}`, `${target} ${role}`].some((id) => taken.has(id.toLowerCase())),
  );
  const addresses = [...own, ...ownGrants].flatMap(({ address }) => address ?? []);
  return [...new Set(addresses)].sort();
}
