import { matching } from '../validation';

/** `verify.ValidateGCEName`: the provider's check of the names of NEGs, certificates and security policies. */
export const computeName = matching(/^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/);
