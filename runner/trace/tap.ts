import type { Place, TestOfTrace, TraceEntry } from '../protocol.ts';

/**
 * Reads one connection in passing. It is shown copies of what crosses and can neither change nor hold up a byte; one that
 * does not understand what it reads stops reading and says so. A tap for another protocol needs no more than this.
 */
export type Tap = {
  fromClient(chunk: Buffer): void;
  fromServer(chunk: Buffer): void;
  /**
   * Both sides are done with each other.
   *
   * @param by who ended it: the server where the client had not taken leave before
   */
  closed(by?: 'client' | 'server'): void;
};

/** Opens a tap on a connection that a client has just made. */
export type OpenTap = (connection: TappedConnection) => Tap;

/** An entry as a tap knows it; who recorded it adds where and in what order. */
export type TapEntry = TraceEntry extends infer Entry
  ? Entry extends TraceEntry
    ? Omit<Entry, 'index' | 'container' | 'connection'>
    : never
  : never;

export type TappedConnection = {
  /** Milliseconds since the variant began. */
  now(): number;
  /** The test that is running now, as far as can be known. */
  test(): TestOfTrace | null;
  /** Where the client says that it sent this text from, which it says once for each time; nothing where it does not. */
  sentFrom(sql: string): Place[];
  record(entry: TapEntry): void;
};

/** What crossed cannot be read any further: it is not the protocol, or goes beyond what a tap follows. */
export class Unreadable extends Error {}

/** What a tap that has stopped reading says of it. A fault of the tap's own is told apart: it has to be mended here. */
export function whyBlind(protocol: string, error: unknown): string {
  const said = (error as Error).message;
  if (error instanceof Unreadable) return `What crossed is not ${protocol}’s protocol: ${said}.`;
  return `The tap for ${protocol} has failed: ${said}.`;
}
