import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Cloud } from './cloud';
import { diagnosticOf } from './errors';
import type {
  ApplyRequest,
  ConfigureRequest,
  Diagnostic,
  ImportRequest,
  PlanRequest,
  ReadRequest,
  ResourceConfigRequest,
  UpgradeRequest,
} from './protocol/messages';
import { readObject, writeValue } from './protocol/values';
import { Provider } from './provider';
import type { ProviderVersion } from './schema';
import { type ServedSchema, servedSchema } from './served-schema';

/** What the emulated provider is for. */
export interface HandlerOptions {
  readonly cloud: Cloud;
  /** The version that the configuration requires. Called for every connection. */
  readonly version: () => ProviderVersion;
  /** The types of the configuration to plan. Called for every request for the schema. */
  readonly configuredTypes: () => Iterable<string>;
  /** Creates objects during the plan, so that the plan has the values that an apply would leave. */
  readonly createWhilePlanning?: boolean;
  /** Called after every apply, before the answer to Terraform. */
  readonly afterApply?: () => Promise<void>;
}

/** The methods of Terraform's protocol for one connection: they decode the request, call the provider, and encode its answer. */
export function handlers(options: HandlerOptions): UntypedServiceImplementation {
  let instance: Provider | undefined;
  const provider = () => {
    instance ??= new Provider(options.cloud, options.version(), options.createWhilePlanning);
    return instance;
  };
  const schema = () => servedSchema(provider().version, options.configuredTypes());
  return {
    GetMetadata: answer(() => metadata(schema())),
    GetSchema: answer(schema),
    PrepareProviderConfig: answer(({ config }: ConfigureRequest) => ({ prepared_config: config })),
    Configure: answer(({ config }: ConfigureRequest) => {
      provider().configure(readObject(config) ?? {});
      return {};
    }),
    ValidateResourceTypeConfig: answer(({ type_name, config }: ResourceConfigRequest) => ({
      diagnostics: provider().validateResource(type_name, readObject(config) ?? {}),
    })),
    ValidateDataSourceConfig: answer(({ type_name }: ResourceConfigRequest) => ({
      diagnostics: provider().validateDataSource(type_name),
    })),
    UpgradeResourceState: answer(({ type_name, raw_state }: UpgradeRequest) => ({
      upgraded_state: writeValue(provider().upgrade(type_name, readObject(raw_state) ?? {})),
    })),
    ReadResource: answer((request: ReadRequest) => ({
      new_state: writeValue(provider().read(request.type_name, readObject(request.current_state))),
      private: request.private,
    })),
    PlanResourceChange: answer((request: PlanRequest) => plan(provider(), request)),
    ApplyResourceChange: answer((request: ApplyRequest) => apply(provider(), request), options.afterApply),
    ImportResourceState: answer(({ type_name, id }: ImportRequest) => ({
      imported_resources: [{ type_name, state: writeValue(provider().import(type_name, id)) }],
    })),
    ReadDataSource: answer(({ type_name, config }: ResourceConfigRequest) => ({
      state: writeValue(provider().readDataSource(type_name, readObject(config) ?? {})),
    })),
    GetFunctions: answer(() => ({})),
    Stop: answer(() => ({})),
  };
}

function plan(provider: Provider, { type_name, prior_state, proposed_new_state, config }: PlanRequest): object {
  const { planned, replaces } = provider.plan(type_name, {
    prior: readObject(prior_state),
    proposed: readObject(proposed_new_state),
    // Few plans need it, and it is as large as the state.
    get config() {
      return readObject(config);
    },
  });
  return { planned_state: writeValue(planned), requires_replace: replaces, legacy_type_system: true };
}

function apply(provider: Provider, { type_name, prior_state, planned_state }: ApplyRequest): object {
  const { state, diagnostics } = provider.apply(type_name, readObject(prior_state), readObject(planned_state));
  return { new_state: writeValue(state), diagnostics, legacy_type_system: true };
}

/** Turns every exception into a diagnostic: if the provider crashed, Terraform would lose its state. */
// biome-ignore lint/suspicious/noExplicitAny: the requests are typed by the methods that take them
function answer(respond: (request: any) => object, afterwards?: () => Promise<void>): handleUnaryCall<any, object> {
  return async (call, reply) => {
    let response: object & { diagnostics?: Diagnostic[] } = {};
    try {
      response = respond(call.request);
      await afterwards?.();
    } catch (error) {
      response = { ...response, diagnostics: [...(response.diagnostics ?? []), diagnosticOf(error)] };
    }
    reply(null, response);
  };
}

function metadata(schema: ServedSchema): object {
  const names = (types: object) => Object.keys(types).map((type_name) => ({ type_name }));
  return {
    server_capabilities: schema.server_capabilities,
    resources: names(schema.resource_schemas),
    data_sources: names(schema.data_source_schemas),
  };
}
