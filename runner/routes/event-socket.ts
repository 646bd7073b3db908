/** One reader's WebSocket: sends no faster than it reads, and notices when it is gone. */
import type { WebSocket } from 'ws';
import type { RunEvent } from '../protocol.ts';
import { settledWithin } from '../store/settled-within.ts';

const defaultDeadlines = {
  /** A reader that takes nothing for this long is told to come back later (close code 1013). */
  slowReaderMs: 15_000,
  /** A half-open connection, whose other end vanished without a word, is noticed within twice this. */
  pingMs: 15_000,
  /** After our close frame, the time for the other end to answer it. */
  closeMs: 2_000,
};

export type EventSocket = {
  /** Aborts when the connection is closed, by whichever side. */
  readonly closed: AbortSignal;
  /** Sends one frame an event and waits until the reader has taken them. Resolves to whether it still reads. */
  send(events: readonly RunEvent[]): Promise<boolean>;
  close(code: number, reason: string): void;
};

export function eventSocket(socket: WebSocket, deadlines = defaultDeadlines): EventSocket {
  const { closeMs, pingMs, slowReaderMs } = deadlines;
  const closed = new AbortController();
  let answered = true;
  const pinging = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingMs);
  socket.on('pong', () => {
    answered = true;
  });
  // A reader has nothing to say; one that says much would cost us its reading.
  socket.once('message', () => close(1008, 'This stream is read only.'));
  socket.once('close', () => {
    clearInterval(pinging);
    closed.abort();
  });

  function close(code: number, reason: string): void {
    socket.close(code, reason);
    // A reader that does not answer the close frame must not keep the connection.
    setTimeout(() => socket.terminate(), closeMs).unref();
  }

  async function send(events: readonly RunEvent[]): Promise<boolean> {
    const taken = Promise.all(events.map((event) => sent(socket, JSON.stringify(event))));
    if (await settledWithin(taken, slowReaderMs)) return !closed.signal.aborted;
    close(1013, 'You read too slowly. Connect again with after=SEQ.');
    return false;
  }

  return { closed: closed.signal, send, close };
}

/** Settles when the frame has left this process's buffers, or the connection has ended. */
function sent(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => socket.send(text, () => resolve()));
}
