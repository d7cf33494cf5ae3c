import type { Construct } from 'constructs';
import { sortedEntries } from '../core/order';
import type { ICloudRunService } from '../core/service';
import { Backend, type BackendProps, type BackendSettings, type OutlierDetectionProps } from './backend';
import { IdentityAwareProxy } from './identity-aware-proxy';
import type { Parts } from './parts';
import { SecurityPolicy } from './security-policy';

/** The settings of all backends, and those that differ for some. */
interface BackendsProps extends BackendProps {
  readonly backends?: Readonly<Record<string, BackendProps>>;
  readonly outlierDetection?: boolean | OutlierDetectionProps;
}

type Protection = Pick<BackendSettings, 'iap' | 'securityPolicy'>;

/** A backend for each of the services, in the order of their addresses. */
export function makeBackends(
  parts: Parts,
  loadBalancer: Construct,
  { backends = {}, outlierDetection, ...common }: BackendsProps,
  services: readonly ICloudRunService[],
): Backend[] {
  for (const { environment, node } of services) {
    if (environment === parts.environment) continue;
    throw new Error(`${loadBalancer.node.path}: '${node.path}' is in another stack; put both in one`);
  }
  const shared = protection(parts, loadBalancer, '', common, []);
  const byKey = Object.fromEntries(
    services.map((service) => [service.environment.addresses.prefixOf(service), service]),
  );
  return sortedEntries(byKey).map(([key, service]) => {
    const own = Object.hasOwn(backends, key) ? backends[key] : undefined;
    const path = own ? ['backends', key] : [];
    const { iap, securityPolicy, ...settings } = { ...common, ...own };
    const protectedBy = { ...shared, ...protection(parts, loadBalancer, key, own, path) };
    return new Backend(parts, service, { ...settings, outlierDetection, ...protectedBy }, path);
  });
}

/** The protection in some props. A setting that is not in the props is not in the result; one that is `false` is undefined there. */
function protection(
  parts: Parts,
  loadBalancer: Construct,
  suffix: string,
  { iap, securityPolicy }: BackendProps = {},
  path: readonly string[],
): Protection {
  const name = parts.addressed(suffix);
  return {
    ...(iap !== undefined && {
      iap: iap ? new IdentityAwareProxy(loadBalancer, name, iap, [...path, 'iap']) : undefined,
    }),
    ...(securityPolicy !== undefined && {
      securityPolicy: securityPolicy
        ? new SecurityPolicy(parts, suffix, securityPolicy, [...path, 'securityPolicy'])
        : undefined,
    }),
  };
}
