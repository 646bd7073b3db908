/** A whole server for tests: real PostgreSQL, real HTTP, a folder of its own, and a scripted grader. */
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { type Config, parseConfig } from '../../config.ts';
import type { Accepted, Run, RunEvent } from '../../protocol.ts';
import { type StartedServer, startServer } from '../../server.ts';
import { ScriptedGrader } from './scripted-grader.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const exercise = 'user-repository';
export const editable = 'user-repository.test.ts';

export type TestServer = AsyncDisposable & { address: string; grader: ScriptedGrader; config: Config };

export async function startTestServer(env: Record<string, string> = {}, siteRoot?: string): Promise<TestServer> {
  await using undo = new AsyncDisposableStack();
  const folder = undo.use(temporaryFolder());
  const config = parseConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: folder.path, WORKERS: '2', ...env });
  const grader = new ScriptedGrader();
  const site = siteRoot ?? join(folder.path, 'no-site');
  const server: StartedServer = undo.use(await startServer(config, { grader, siteRoot: site }));
  const resources = undo.move();
  return { address: server.address, grader, config, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/** Somebody who submits: keeps the cookie that the server gives, as a browser does, unless told not to. */
export class Learner {
  readonly address: string;
  cookie: string | undefined;

  constructor(address: string) {
    this.address = address;
  }

  /** Somebody who was here before, so that the server knows them by their cookie and not by their address. */
  static async known(address: string): Promise<Learner> {
    const learner = new Learner(address);
    const { id } = await learner.submit('pass');
    await learner.follow(id);
    return learner;
  }

  async post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(this.address + path, {
      method: 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0];
    return response;
  }

  /** Submits a script (see scripted-grader.ts) and expects it to be accepted. */
  async submit(script: string): Promise<Accepted> {
    const response = await this.post('/api/runs', submissionOf(script));
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as Accepted;
  }

  async run(id: string): Promise<Run> {
    const response = await fetch(`${this.address}/api/runs/${id}`, { headers: { cookie: this.cookie ?? '' } });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as Run;
  }

  /** Events until the stream ends, or until `enough` says so; with the close code. */
  follow(id: string, after = 0, enough: (event: RunEvent) => boolean = () => false): Promise<Stream> {
    const headers = { cookie: this.cookie ?? '' };
    return followStream(`${this.address}/api/runs/${id}/events?after=${after}`, headers, enough);
  }
}

export type Stream = { events: RunEvent[]; code: number };

export function followStream(
  url: string,
  headers: Record<string, string>,
  enough: (event: RunEvent) => boolean = () => false,
): Promise<Stream> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
  const events: RunEvent[] = [];
  return new Promise((resolve, reject) => {
    socket.on('message', (data) => {
      const event = JSON.parse(String(data)) as RunEvent;
      events.push(event);
      if (enough(event)) socket.terminate();
    });
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => reject(new StatusError(response.statusCode ?? 0)));
    socket.once('close', (code) => resolve({ events, code }));
  });
}

export class StatusError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

export function submissionOf(script: string) {
  return { exercise, language: 'typescript', files: { [editable]: `// ${script}\n` } };
}
