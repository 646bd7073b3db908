import type { Place } from '../protocol.ts';

type Claim = { sql: string; places: readonly Place[] };

/** How much of a text a claim repeats, in UTF-16 code units: what `runner/toolchains` tells. */
const claimedText = 256;
/** Claims on connections that nothing is read from. */
const maxWaiting = 2000;

/**
 * What a client says of where in its source it sends each text from, until the text itself comes by. Only the client can
 * know, so these are claims: nothing may rest on them but what a reader is shown.
 */
export class SenderClaims {
  readonly #waiting = new Map<number, Claim[]>();
  #count = 0;

  /** @param sql the text, or the beginning of a long one */
  add(clientPort: number, sql: string, places: readonly Place[]): void {
    if (this.#count >= maxWaiting) return;
    this.#count++;
    const claims = this.#waiting.get(clientPort) ?? [];
    claims.push({ sql, places });
    this.#waiting.set(clientPort, claims);
  }

  /** The oldest claim to this text; what was claimed before it on this connection was never sent. */
  take(clientPort: number | undefined, sql: string): Place[] {
    const claims = clientPort === undefined ? undefined : this.#waiting.get(clientPort);
    const place = claims?.findIndex((claim) => claim.sql === sql.slice(0, claimedText)) ?? -1;
    if (!claims || place === -1) return [];
    const taken = claims.splice(0, place + 1);
    this.#count -= taken.length;
    return [...(taken.at(-1)?.places ?? [])];
  }

  /** The connection is closed. */
  forget(clientPort: number | undefined): void {
    if (clientPort === undefined) return;
    this.#count -= this.#waiting.get(clientPort)?.length ?? 0;
    this.#waiting.delete(clientPort);
  }
}
