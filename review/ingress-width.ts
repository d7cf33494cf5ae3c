import type { Ingress } from '../exposure';

const WIDTHS: Readonly<Partial<Record<Ingress, number>>> = {
  internal: 0,
  'internal-and-cloud-load-balancing': 1,
  all: 2,
};

/** A higher number for an ingress that lets more requests in; an unknown ingress counts as the widest. */
export function ingressWidth(ingress: Ingress): number {
  return WIDTHS[ingress] ?? 3;
}
