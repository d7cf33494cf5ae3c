/** A service of the measured stack. */
export interface MeasuredService {
  readonly name: string;
  readonly image: string;
  /** The one principal that may call it; without one the service is public. */
  readonly invoker?: string;
  readonly domain?: string;
}

/** A stack to measure: many services of one project. */
export interface MeasuredStack {
  readonly project: string;
  readonly region: string;
  readonly services: readonly MeasuredService[];
}

/** `count` services, by turns public and private, a third of them on a mapped domain. */
export function measuredStack(count: number): MeasuredStack {
  const services = Array.from({ length: count }, (_, index) => ({
    name: `service-${index}`,
    image: `europe-docker.pkg.dev/acme/apps/service-${index}:1.0.0`,
    ...(index % 2 ? { invoker: `group:team-${index}@example.com` } : {}),
    ...(index % 3 ? {} : { domain: `service-${index}.example.com` }),
  }));
  return { project: 'acme-prod', region: 'europe-west1', services };
}
