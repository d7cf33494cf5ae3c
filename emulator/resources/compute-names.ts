import { matching } from '../validation';

/** `verify.ValidateGCEName`: what the provider checks of NEGs, certificates and security policies. */
export const computeName = matching(/^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/);
