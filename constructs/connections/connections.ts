import type { ICreatedService } from '../core/service';
import { addCalls, type CallsProps } from './calls';
import type { Resolve } from './reference';
import { addTriggers, TRIGGER_KEYS, type TriggersProps } from './triggers';

/** The services that a service calls, and the triggers that call it. */
export interface ConnectionsProps<Service> extends CallsProps<Service>, TriggersProps<Service> {}

const CONNECTION_KEYS = ['calls', ...TRIGGER_KEYS] as const;

/** Adds the calls and triggers of a service's props. */
export function addConnections<Service>(
  service: ICreatedService,
  props: ConnectionsProps<Service>,
  resolve: Resolve<Service>,
): void {
  addCalls(service, props.calls, resolve);
  addTriggers(service, props, resolve);
}

/** The props of a service without calls and triggers. A service with these props can be made before the services that it refers to. */
export function withoutConnections<Props extends ConnectionsProps<string>>(
  props: Props,
): Omit<Props, keyof ConnectionsProps<string>> {
  const settings = { ...props };
  for (const key of CONNECTION_KEYS) delete settings[key];
  return settings;
}
