import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server as GrpcServer, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { parse } from 'protobufjs';
import { type HandlerOptions, handlers } from './handlers';
import { TFPLUGIN5 } from './protocol/definition';

export interface ProviderServer {
  readonly folder: string;
  readonly socket: string;
  close(): Promise<void>;
}

/**
 * Serves the provider on a socket in a private folder. Each connection is a provider with its own configuration, like a real plugin
 * process: an aliased provider or a second stack must not change the project of the first.
 */
export async function serveProvider(options: HandlerOptions): Promise<ProviderServer> {
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

function grpcServer(options: HandlerOptions): GrpcServer {
  const server = new GrpcServer({
    'grpc.max_receive_message_length': MESSAGE_LIMIT,
    'grpc.max_send_message_length': MESSAGE_LIMIT,
  });
  server.addService(definition(), handlers(options));
  return server;
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
