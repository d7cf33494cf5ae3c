import { variableOf } from '../constructs/connections/calls';
import { INVOKER_ROLE } from '../constructs/core/principal';
import { deterministicUrl } from '../constructs/core/service';
import type { Target } from './environment';
import type { Inventory } from './found';
import { accountOf } from './identity';
import type { AdoptedService } from './services';

/**
 * Writes calls between services as `calls`: a variable with the URL of another service, and a grant to the account on that service.
 * Returns, by callee, the members that get their grant to invoke from a call.
 */
export function adoptCalls(
  services: readonly AdoptedService[],
  inventory: Inventory,
  target: Target,
): Map<AdoptedService, Set<string>> {
  const implied = new Map<AdoptedService, Set<string>>();
  for (const caller of services) {
    const email = accountOf(caller);
    if (email === undefined || caller.found.length > 1) continue;
    const member = `serviceAccount:${email}`;
    for (const callee of services) {
      if (callee === caller || callee.found.length > 1 || !mayInvoke(member, callee, inventory)) continue;
      const variable = variableWith(urlOf(callee, target), caller);
      if (variable === undefined) continue;
      addCall(caller, callee, variable);
      implied.set(callee, (implied.get(callee) ?? new Set<string>()).add(member));
    }
  }
  return implied;
}

function mayInvoke(member: string, { found: [{ id }] }: AdoptedService, { grants }: Inventory): boolean {
  return grants.some(
    (grant) =>
      grant.target === id && grant.role === INVOKER_ROLE && grant.member === member && grant.condition === undefined,
  );
}

/** The URL that a call writes into the caller's environment variables. */
function urlOf({ name, found: [{ values }] }: AdoptedService, { projectNumber }: Target): string | undefined {
  if (projectNumber !== undefined) return deterministicUrl(name, projectNumber, String(values.location));
  return typeof values.uri === 'string' ? values.uri : undefined;
}

function variableWith(url: string | undefined, { props: { env } }: AdoptedService): string | undefined {
  return Object.keys(env ?? {}).find((name) => url !== undefined && env?.[name] === url);
}

function addCall(caller: AdoptedService, callee: AdoptedService, variable: string): void {
  const { [variable]: _, ...env } = caller.props.env ?? {};
  caller.props.env = Object.keys(env).length > 0 ? env : undefined;
  const isUsual = variable === variableOf(callee.key, 'URL');
  caller.props.calls = [...(caller.props.calls ?? []), isUsual ? callee.key : { service: callee.key, env: variable }];
}
