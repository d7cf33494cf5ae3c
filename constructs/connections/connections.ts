import type { ICreatedService } from '../core/service';
import { addCalls, type CallsProps } from './calls';
import type { Resolve } from './reference';
import { addTriggers, type TriggersProps } from './triggers';

/** Whom a service calls, and what calls it on its own. */
export interface ConnectionsProps<Service> extends CallsProps<Service>, TriggersProps<Service> {}

/** Adds to a service what its props say of calls and triggers. */
export function addConnections<Service>(
  service: ICreatedService,
  props: ConnectionsProps<Service>,
  resolve: Resolve<Service>,
): void {
  addCalls(service, props.calls, resolve);
  addTriggers(service, props, resolve);
}

/** The props of a service that can be made before those that it refers to are there. */
export function withoutConnections<Props extends ConnectionsProps<string>>(
  props: Props,
): Omit<Props, keyof ConnectionsProps<string>> {
  const { calls, schedules, taskQueues, subscriptions, events, ...settings } = props;
  return settings;
}
