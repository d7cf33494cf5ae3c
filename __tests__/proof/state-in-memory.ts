import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Workspace } from '../emulator/harness';

/**
 * Gives a workspace a backend whose state is in memory. Terraform writes its file of a local state after
 * each resource, which takes half of the time to destroy a hundred of them; a backend gets the state once. Returns the server, which is to be closed.
 */
export async function keepStateInMemory(workspace: Workspace): Promise<Server> {
  let state = '';
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(state === '' ? 404 : 200).end(state);
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    state = Buffer.concat(parts).toString();
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const backend = { http: { address: `http://127.0.0.1:${port}` } };
  workspace.file('backend.tf.json', JSON.stringify({ terraform: { backend } }));
  return server;
}
