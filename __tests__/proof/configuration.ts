import { Testing } from 'cdktf';
import type { CloudRunServiceProps, CloudRunStack, CloudRunStackProps } from '../../constructs';
import { stackOf } from '../constructs/synth';
import { type Configuration, withoutBackend } from '../emulator/harness';

/** A stack as Terraform gets it, without its backend: a workspace of the tests has its own. */
export function configurationOf(stack: CloudRunStack): Configuration {
  return withoutBackend(JSON.parse(Testing.synth(stack)));
}

/** The configuration of services without deletion protection, so that a test can destroy them. */
export function servicesOf(
  services: Record<string, Partial<CloudRunServiceProps<string>>>,
  environment: Partial<CloudRunStackProps> = {},
): Configuration {
  const unprotected = Object.entries(services).map(([key, props]) => [key, { deletionProtection: false, ...props }]);
  return configurationOf(stackOf(Object.fromEntries(unprotected), environment));
}
