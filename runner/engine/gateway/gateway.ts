import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { DockerEngine } from '../docker/docker-engine.ts';
import { dockerRoutes, startExec } from '../docker/routes.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { sendJson } from './call.ts';
import { startUpgraded } from './exec.ts';
import { routes } from './routes.ts';
import { type Turns, turnsOf } from './turns.ts';

/** Bounds on what a client may send; everything beyond is refused before it is read. */
const maxBodyBytes = 256 << 10;
/** dockerode repeats the create body in the query string, environment and all. */
const maxHeaderBytes = 256 << 10;
const maxConnections = 128;

/**
 * Speaks the Docker Engine API for one engine on a socket that a sandbox handed over. Untrusted clients only: whatever
 * they send is bounded, and a fault in one request ends that request.
 *
 * @param docker where the sandboxed engine has no image, or a network is asked for
 * @returns how to end it: its connections are cut, and the socket is there for another
 */
export function serveGateway(listener: Server, engine: Engine, docker?: DockerEngine): () => void {
  const server = createServer({ maxHeaderSize: maxHeaderBytes });
  const turns = turnsOf(engine);
  const engines = { engine, docker, turns };
  server.on('request', (request, response) => {
    // Whoever goes away in the middle of an answer needs no more of it.
    for (const stream of [request, response]) stream.on('error', () => response.destroy());
    turns.queue(request.socket, async () => {
      const sent = new Promise((resolve) => response.once('close', resolve));
      await answer(engines, request, response).catch((error: unknown) => fail(response, error));
      await sent;
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    // Not the connection itself, but a stream over it with errors of its own: nobody else listens for them.
    socket.on('error', () => socket.destroy());
    turns.queue(request.socket, () =>
      answerUpgrade(engines, request, socket).catch((error: unknown) => refuseUpgrade(socket, error)),
    );
  });
  const open = new Set<Socket>();
  const accept = (socket: Socket) => {
    socket.on('error', () => socket.destroy());
    if (open.size >= maxConnections || turns.take(1) === undefined) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    server.emit('connection', socket);
  };
  listener.on('connection', accept);
  return () => {
    listener.off('connection', accept);
    for (const socket of open) socket.destroy();
  };
}

type Engines = { engine: Engine; docker: DockerEngine | undefined; turns: Turns };

async function answer(
  { engine, docker, turns }: Engines,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = parseUrl(request.url ?? '/');
  const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, '');
  const method = request.method ?? 'GET';
  let body: Promise<unknown> | undefined;
  const json = () => (body ??= readJson(request, turns));
  const call = { engine, request, response, query: url.searchParams, json };
  for (const route of docker ? dockerRoutes : []) {
    const match = route.method === method && route.path.exec(path);
    if (match && docker && (await route.handle({ ...call, params: match.slice(1).map(decode) }, docker))) return;
  }
  let known = false;
  for (const route of routes) {
    const match = route.path.exec(path);
    if (!match) continue;
    known = true;
    if (route.method !== method) continue;
    await route.handle({ ...call, params: match.slice(1).map(decode) });
    return;
  }
  if (known) throw new EngineError(400, `${method} is not supported on ${path}`);
  throw new EngineError(
    404,
    `page not found: ${method} ${path} is not a part of the Engine API that this engine offers. It runs containers of the images on its list; it does not build, swarm or share.`,
  );
}

/** Starts an exec whose client asks for the bare connection, as docker-py and the Go client do; nothing else upgrades. */
async function answerUpgrade({ engine, docker }: Engines, request: IncomingMessage, socket: Socket): Promise<void> {
  const path = parseUrl(request.url ?? '/').pathname.replace(/^\/v\d+\.\d+(?=\/)/, '');
  const id = /^\/exec\/([^/]+)\/start$/.exec(path)?.[1];
  if (id === undefined || request.method !== 'POST') {
    throw new EngineError(400, `${request.method} ${path} cannot be upgraded here; only the start of an exec can.`);
  }
  const stream = docker && (await startExec(docker, decode(id)));
  if (stream) return startUpgraded({ stream, ended: Promise.resolve() }, socket);
  const { container, exec } = engine.exec(decode(id));
  await startUpgraded(await container.startExec(exec), socket);
}

function refuseUpgrade(socket: Socket, error: unknown): void {
  const status = error instanceof EngineError ? error.status : 500;
  const body = JSON.stringify({ message: error instanceof Error ? error.message : 'internal error' });
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`);
}

function parseUrl(text: string): URL {
  const url = URL.parse(text, 'http://engine');
  if (!url) throw new EngineError(400, 'The address of the request cannot be read.');
  return url;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new EngineError(400, `${part} is not well encoded.`);
  }
}

async function readJson(request: IncomingMessage, turns: Turns): Promise<unknown> {
  const bytes = await readBody(request);
  await turns.takeForBody(bytes.length);
  const text = bytes.toString('utf8');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new EngineError(400, 'invalid JSON in the request body');
  }
}

/**
 * Reads a body by its announced length where there is one: dockerode starts an exec without ending its request, so
 * waiting for the end would wait for ever.
 */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const announced = request.headers['content-length'];
  const expected = announced === undefined ? Number.POSITIVE_INFINITY : Number(announced);
  if (announced !== undefined && expected > maxBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (expected === 0) return Buffer.alloc(0);
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > maxBodyBytes) throw tooLarge();
    if (bytes >= expected) break;
  }
  return Buffer.concat(chunks);
}

function tooLarge(): EngineError {
  return new EngineError(413, `The request body is over ${maxBodyBytes} bytes.`);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = error instanceof EngineError ? error.status : 500;
  const message = error instanceof Error ? error.message : 'internal error';
  if (status === 304) response.writeHead(304).end();
  else sendJson(response, status, { message });
}
