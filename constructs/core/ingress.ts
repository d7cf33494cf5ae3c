/** The three ingress settings, with gcloud's names. */
export type Ingress = 'all' | 'internal' | 'internal-and-cloud-load-balancing';

/** The API's name of each ingress setting. */
export const INGRESS: Readonly<Record<Ingress, string>> = {
  all: 'INGRESS_TRAFFIC_ALL',
  internal: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
  'internal-and-cloud-load-balancing': 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
};
