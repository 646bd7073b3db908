import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, openEventStream } from './event-stream.ts';
import type { Frame } from './run-state.ts';

// The browser's socket, driven by hand: what is under test is what we do when it misbehaves.
class HandSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event?: { code: number }) => void) | null = null;
  readonly address: string;
  constructor(address: string) {
    this.address = address;
  }
  close() {
    queueMicrotask(() => this.onclose?.());
  }
  send(seq: number, type = 'queued') {
    const rest = type === 'finished' ? { outcome: 'passed' } : { position: 0 };
    this.onmessage?.({ data: JSON.stringify({ seq, at: '2026-01-01T00:00:00Z', type, ...rest }) });
  }
}

function start(exists: () => Promise<boolean> = async () => true) {
  const sockets: HandSocket[] = [];
  const frames: Frame[] = [];
  const connections: Connection[] = [];
  const stream = openEventStream({
    path: '/api/runs/1/events',
    onFrame: (frame) => frames.push(frame),
    onConnection: (connection) => connections.push(connection),
    exists,
    connect(address) {
      const socket = new HandSocket(address);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    wait: async () => {},
  });
  const settle = () => new Promise((done) => setTimeout(done, 5));
  return { sockets, frames, connections, stream, settle, seqs: () => frames.map(({ seq }) => seq) };
}

beforeEach(() => {
  vi.stubGlobal('location', { href: 'http://127.0.0.1:4321/exercises/a/' });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('openEventStream', () => {
  it('comes back after the last event that it saw, and hands on each event once', async () => {
    const { sockets, seqs, settle } = start();
    sockets[0]?.send(1);
    sockets[0]?.send(2);
    sockets[0]?.onclose?.();
    await settle();
    expect(sockets.map(({ address }) => address)).toEqual([
      'ws://127.0.0.1:4321/api/runs/1/events?after=0',
      'ws://127.0.0.1:4321/api/runs/1/events?after=2',
    ]);
    sockets[1]?.send(2);
    sockets[1]?.send(3);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it.each([
    ['the runner is stopping', 1001],
    ['the runner is gone', 1006],
    ['the runner failed', 1011],
    ['the runner found this reader too slow', 1013],
  ])('comes back, after the last event that it saw, when %s (close code %i)', async (_why, code) => {
    const { sockets, connections, settle } = start();
    sockets[0]?.send(1);
    sockets[0]?.onclose?.({ code });
    await settle();
    expect(connections).toContainEqual({ state: 'reconnecting', attempt: 1 });
    expect(sockets[1]?.address).toContain('after=1');
  });

  it('says nothing of a connection that opens after it was given up', () => {
    const { sockets, connections, stream } = start();
    stream.close();
    sockets[0]?.onopen?.();
    expect(connections).toEqual([{ state: 'connecting' }]);
  });

  it('reconnects where the sequence has a gap, instead of skipping what is missing', async () => {
    const { sockets, seqs, settle } = start();
    sockets[0]?.send(1);
    sockets[0]?.send(3);
    await settle();
    expect(sockets[1]?.address).toContain('after=1');
    sockets[1]?.send(2);
    sockets[1]?.send(3);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('stops for good at “finished”', async () => {
    const { sockets, connections, settle } = start();
    sockets[0]?.send(1, 'finished');
    await settle();
    expect(sockets).toHaveLength(1);
    expect(connections.at(-1)).toEqual({ state: 'ended' });
  });

  it('gives up after a while, says so, and starts anew when asked', async () => {
    const { sockets, connections, stream, settle } = start(async () => Promise.reject(new Error('away')));
    sockets[0]?.onclose?.();
    await settle();
    expect(connections.at(-1)).toEqual({ state: 'lost' });
    expect(connections.filter(({ state }) => state === 'reconnecting')).toHaveLength(8);
    stream.retry();
    expect(sockets).toHaveLength(2);
  });

  it('does not knock for a run that is gone', async () => {
    const { sockets, connections, settle } = start(async () => false);
    sockets[0]?.onclose?.();
    await settle();
    expect(connections.at(-1)).toEqual({ state: 'gone' });
    expect(sockets).toHaveLength(1);
  });

  it('is silent once it is closed', async () => {
    const { sockets, frames, connections, stream, settle } = start();
    stream.close();
    sockets[0]?.send(1);
    await settle();
    expect(frames).toEqual([]);
    expect(connections).toEqual([{ state: 'connecting' }]);
  });
});
