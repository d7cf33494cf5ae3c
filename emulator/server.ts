import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Server as GrpcServer,
  type handleUnaryCall,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { parse } from 'protobufjs';
import type { Cloud } from './cloud';
import { diagnosticOf } from './errors';
import { TFPLUGIN5 } from './protocol/definition';
import type { Diagnostic } from './protocol/messages';
import { Provider } from './provider';
import type { ProviderVersion } from './schema';
import { type ServedSchema, servedSchema } from './served-schema';

export interface ProviderServer {
  readonly folder: string;
  readonly socket: string;
  close(): Promise<void>;
}

export interface ServerOptions {
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

/**
 * Serves the provider on a socket in a private folder. Each connection is a provider with its own configuration, like a real plugin
 * process: an aliased provider or a second stack must not change the project of the first.
 */
export async function serveProvider(options: ServerOptions): Promise<ProviderServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-'));
  const socket = join(folder, 'provider.sock');
  const connections = new Set<Socket>();
  const servers = new Set<GrpcServer>();
  const listener = createServer((connection) => {
    const server = grpcServer(options);
    connections.add(connection);
    servers.add(server);
    connection.on('error', () => connection.destroy());
    connection.on('close', () => {
      connections.delete(connection);
      servers.delete(server);
      server.forceShutdown();
    });
    server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(connection);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(socket, resolve);
  });
  return {
    folder,
    socket,
    async close() {
      for (const server of servers) server.forceShutdown();
      for (const connection of connections) connection.destroy();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first plan of a large stack sends messages above gRPC's default limit of 4 MiB. */
const MESSAGE_LIMIT = 256 * 1024 * 1024;

function grpcServer(options: ServerOptions): GrpcServer {
  const server = new GrpcServer({
    'grpc.max_receive_message_length': MESSAGE_LIMIT,
    'grpc.max_send_message_length': MESSAGE_LIMIT,
  });
  server.addService(definition(), handlers(options));
  return server;
}

function handlers(options: ServerOptions): UntypedServiceImplementation {
  let instance: Provider | undefined;
  const provider = () => {
    instance ??= new Provider(options.cloud, options.version(), options.createWhilePlanning);
    return instance;
  };
  const schema = () => servedSchema(provider().version, options.configuredTypes());
  return {
    GetMetadata: answer(() => metadata(schema())),
    GetSchema: answer(schema),
    PrepareProviderConfig: answer((request) => provider().prepareProviderConfig(request)),
    Configure: answer((request) => provider().configure(request)),
    ValidateResourceTypeConfig: answer((request) => provider().validateResource(request)),
    ValidateDataSourceConfig: answer((request) => provider().validateDataSource(request)),
    UpgradeResourceState: answer((request) => provider().upgrade(request)),
    ReadResource: answer((request) => provider().read(request)),
    PlanResourceChange: answer((request) => provider().plan(request)),
    ApplyResourceChange: answer((request) => provider().apply(request), options.afterApply),
    ImportResourceState: answer((request) => provider().import(request)),
    ReadDataSource: answer((request) => provider().readDataSource(request)),
    GetFunctions: answer(() => ({})),
    Stop: answer(() => ({})),
  };
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

let parsed: ServiceDefinition | undefined;

function definition(): ServiceDefinition {
  parsed ??= fromJSON(parse(TFPLUGIN5, { keepCase: true }).root.toJSON(), {
    keepCase: true,
    longs: Number,
    enums: String,
    bytes: Buffer,
    defaults: true,
  })['tfplugin5.Provider'] as ServiceDefinition;
  return parsed;
}
