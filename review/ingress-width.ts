import type { Ingress } from '../exposure';

const WIDTHS: Readonly<Partial<Record<Ingress, number>>> = {
  internal: 0,
  'internal-and-cloud-load-balancing': 1,
  all: 2,
};

/** How wide an ingress setting is; one that is not known may be the widest. */
export function ingressWidth(ingress: Ingress): number {
  return WIDTHS[ingress] ?? 3;
}
