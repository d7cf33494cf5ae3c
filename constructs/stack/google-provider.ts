import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { Construct } from 'constructs';
import type { GoogleProviderVersions } from '../core/google-provider';

/** The google provider with the stack's version constraint. The bindings would require the version that they were made from. */
export class ChosenGoogleProvider extends GoogleProvider {
  constructor(
    scope: Construct,
    id: string,
    { project, region }: { readonly project: string; readonly region: string },
    { constraint }: GoogleProviderVersions,
  ) {
    super(scope, id, { project, region });
    const made = this.terraformGeneratorMetadata;
    Object.assign(this, { terraformGeneratorMetadata: { ...made, providerVersion: constraint } });
  }
}
