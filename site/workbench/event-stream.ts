import { parseFrame } from './parse-frame.ts';
import type { Frame } from './run-state.ts';

export type Connection =
  | { state: 'connecting' | 'open' | 'ended' }
  | { state: 'reconnecting'; attempt: number }
  /** Given up after {@link ATTEMPTS} tries; `retry()` starts anew. */
  | { state: 'lost' }
  /** The runner does not have this run, or not for us. */
  | { state: 'gone' };

export type EventStream = { close(): void; retry(): void };

export type StreamOptions = {
  /** Address of the events, relative to the origin, without `after`. */
  path: string;
  onFrame(frame: Frame): void;
  onConnection(connection: Connection): void;
  /** Asked before each reconnection: false means that nobody will ever answer. May throw where the runner is away. */
  exists(): Promise<boolean>;
  /** For tests; the browser's own by default. */
  connect?: (address: string) => WebSocket;
  wait?: (ms: number) => Promise<void>;
};

const ATTEMPTS = 8;

/**
 * Reads a run's events until `finished`, in order and each once. A dropped connection is taken up again after the last
 * event that was seen, with growing pauses, whatever the close code says: the runner is stopping (1001), is gone (1006),
 * failed (1011), or found us too slow (1013). A gap in the sequence counts as a dropped connection.
 */
export function openEventStream(options: StreamOptions): EventStream {
  const { path, onFrame, onConnection, exists } = options;
  const connect = options.connect ?? ((address) => new WebSocket(address));
  const wait = options.wait ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
  let socket: WebSocket | null = null;
  let lastSeq = 0;
  let attempt = 0;
  let closed = false;

  const open = () => {
    const address = new URL(path, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.searchParams.set('after', String(lastSeq));
    const mine = connect(address.href);
    socket = mine;
    mine.onopen = () => {
      if (!closed && mine === socket) onConnection({ state: 'open' });
    };
    mine.onmessage = ({ data }) => {
      const frame = parseFrame(data);
      if (closed || mine !== socket || !frame || frame.seq <= lastSeq) return;
      if (frame.seq > lastSeq + 1) {
        mine.close();
        return;
      }
      lastSeq = frame.seq;
      attempt = 0;
      onFrame(frame);
      if (frame.type === 'finished') end({ state: 'ended' });
    };
    mine.onclose = () => {
      if (!closed && mine === socket) void again();
    };
  };

  const again = async () => {
    attempt += 1;
    if (attempt > ATTEMPTS) {
      onConnection({ state: 'lost' });
      return;
    }
    onConnection({ state: 'reconnecting', attempt });
    const round = attempt;
    await wait(pause(round));
    if (closed || attempt !== round) return;
    const there = await exists().catch(() => null);
    if (closed || attempt !== round) return;
    if (there === false) end({ state: 'gone' });
    else if (there === null) await again();
    else open();
  };

  const end = (connection: Connection) => {
    closed = true;
    socket?.close();
    onConnection(connection);
  };

  onConnection({ state: 'connecting' });
  open();
  return {
    close() {
      closed = true;
      socket?.close();
    },
    retry() {
      if (closed) return;
      attempt = 0;
      onConnection({ state: 'connecting' });
      open();
    },
  };
}

/** 0.25 s, doubling, up to 8 s, with a spread so that many browsers do not come back at once. */
function pause(attempt: number): number {
  return Math.min(8000, 125 * 2 ** attempt) * (0.8 + Math.random() * 0.4);
}
