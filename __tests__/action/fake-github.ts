import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment in the form of GitHub's API. */
export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
}

const MOST_CHARACTERS = 65_536;

/** GitHub's API of the comments of pull request 7 of acme/app, as far as an action uses it; on this machine alone. */
export class FakeGithub {
  readonly requests: string[] = [];
  readonly comments: Comment[] = [];
  /** Statuses to return instead, by method. */
  readonly refuse: Record<string, number> = {};
  /** The user of the token; undefined for the token of a job, which may not read its user. */
  login?: string;
  private server?: Server;

  async start(): Promise<string> {
    this.server = createServer(async (request, response) => {
      const [status, json] = this.answer(request, JSON.parse((await textOf(request)) || '{}'));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  say(body: string, user: Comment['user'] = { login: 'github-actions[bot]', type: 'Bot' }): Comment {
    const comment = { id: this.comments.length + 1, body, user };
    this.comments.push(comment);
    return comment;
  }

  private answer({ method = '', url = '', headers }: IncomingMessage, { body }: { body?: string }): [number, unknown] {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    this.requests.push(`${method} ${url}`);
    if (headers.authorization !== 'Bearer token-of-a-test') return [401, { message: 'Bad credentials' }];
    if (pathname === '/user')
      return this.login ? [200, { login: this.login }] : [403, { message: 'Resource not accessible by integration' }];
    const refused = this.refuse[method];
    if (refused !== undefined) return [refused, { message: 'Resource not accessible by integration' }];
    if (body !== undefined && body.length > MOST_CHARACTERS) return [422, { message: 'body is too long' }];
    if (method === 'GET' && pathname === '/repos/acme/app/issues/7/comments') return [200, this.page(searchParams)];
    if (method === 'POST' && pathname === '/repos/acme/app/issues/7/comments') return [201, this.say(body ?? '')];
    const [, id] = /^\/repos\/acme\/app\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
    const comment = this.comments.find((each) => each.id === Number(id));
    if (method !== 'PATCH' || comment === undefined) return [404, { message: 'Not Found' }];
    comment.body = body ?? '';
    return [200, comment];
  }

  private page(query: URLSearchParams): readonly Comment[] {
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    return this.comments.slice(start, start + size);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
