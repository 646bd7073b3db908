import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { RunEvent } from '../protocol.ts';
import { eventSocket } from './event-socket.ts';

/** Each test shortens the one deadline that it is about; none of the others comes in its way on a busy machine. */
const deadlines = { slowReaderMs: 60_000, pingMs: 60_000, closeMs: 60_000 };
let server: WebSocketServer;
let client: WebSocket;
let accepted: WebSocket;
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const connection = once(server, 'connection');
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, 'open');
  [accepted] = await connection;
});
afterEach(() => {
  client.terminate();
  server.close();
});

function events(count: number, bytes: number): RunEvent[] {
  const at = new Date().toISOString();
  const text = 'x'.repeat(bytes);
  return Array.from({ length: count }, (_, n) => ({
    seq: n + 1,
    at,
    type: 'output',
    variant: 'v',
    stream: 'stdout',
    text,
  }));
}

/** Stops taking anything from the network, as a suspended laptop does. */
function stopReading(): void {
  (client as unknown as { _socket: { pause(): void } })._socket.pause();
}

it('waits for its reader, and sends everything in order', async () => {
  const seen: number[] = [];
  client.on('message', (data) => seen.push(JSON.parse(String(data)).seq));
  const socket = eventSocket(accepted, deadlines);
  expect(await socket.send(events(200, 10_000))).toBe(true);
  socket.close(1000, 'done');
  const [code] = await once(client, 'close');
  expect(code).toBe(1000);
  expect(seen).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
});

it('lets a reader go that does not read, with what was sent to it still bounded by one batch', async () => {
  stopReading();
  const socket = eventSocket(accepted, { ...deadlines, slowReaderMs: 200, closeMs: 100 });
  expect(await socket.send(events(100, 500_000))).toBe(false);
  if (!socket.closed.aborted) await once(socket.closed, 'abort');
  expect(accepted.readyState).toBe(WebSocket.CLOSED);
});

it('tells a slow reader that reads again why: close code 1013', async () => {
  stopReading();
  const socket = eventSocket(accepted, { ...deadlines, slowReaderMs: 200 });
  expect(await socket.send(events(100, 500_000))).toBe(false);
  (client as unknown as { _socket: { resume(): void } })._socket.resume();
  const [code] = await once(client, 'close');
  expect(code).toBe(1013);
});

it('notices a reader that has vanished without a word', async () => {
  stopReading();
  const socket = eventSocket(accepted, { ...deadlines, pingMs: 100 });
  await once(socket.closed, 'abort');
  expect(accepted.readyState).toBe(WebSocket.CLOSED);
});

it('keeps a silent reader that answers pings', async () => {
  const socket = eventSocket(accepted, { ...deadlines, pingMs: 400 });
  for (let pings = 0; pings < 3; pings++) await once(client, 'ping');
  expect(socket.closed.aborted).toBe(false);
});
