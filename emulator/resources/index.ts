import type { Behaviour } from '../behaviour';
import { iamBehaviour } from '../iam/resources';
import { cloudRunV2Service } from './cloud-run-v2-service';
import { cloudRunV2ServiceIam } from './cloud-run-v2-service-iam';

const BEHAVIOURS: readonly Behaviour[] = [
  cloudRunV2Service,
  iamBehaviour(cloudRunV2ServiceIam, 'member'),
  iamBehaviour(cloudRunV2ServiceIam, 'binding'),
  iamBehaviour(cloudRunV2ServiceIam, 'policy'),
];

const BY_TYPE = new Map(BEHAVIOURS.map((behaviour) => [behaviour.type, behaviour]));

export function findBehaviour(type: string): Behaviour | undefined {
  return BY_TYPE.get(type);
}

export function resourceTypes(): string[] {
  return [...BY_TYPE.keys()];
}
