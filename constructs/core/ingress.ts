/** The three ingress settings, as gcloud spells them. */
export type Ingress = 'all' | 'internal' | 'internal-and-cloud-load-balancing';

/** `ingress` as the API spells it. */
export const INGRESS: Readonly<Record<Ingress, string>> = {
  all: 'INGRESS_TRAFFIC_ALL',
  internal: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
  'internal-and-cloud-load-balancing': 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
};
