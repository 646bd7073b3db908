import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export class CardDeclined extends Error {}
/** Nobody here can say whether the money moved. Ask the service, or try again later with the same order. */
export class OutcomeUnknown extends Error {}
export class RequestRefused extends Error {}

const chargeSchema = z.object({ id: z.string().min(1) });

export type PaymentSettings = {
  baseUrl: string;
  token: string;
  attempts?: number;
  /** Aborts one attempt, its body included. */
  deadline?: () => AbortSignal;
  pause?: (ms: number) => Promise<unknown>;
};

// #region client
export class PaymentClient {
  readonly #settings: Required<PaymentSettings>;

  constructor(settings: PaymentSettings) {
    this.#settings = { attempts: 3, deadline: () => AbortSignal.timeout(5_000), pause: (ms) => sleep(ms), ...settings };
  }

  async charge(order: string, cents: number): Promise<{ id: string }> {
    let cause: unknown;
    for (let attempt = 1; attempt <= this.#settings.attempts; attempt++) {
      let wait = 200 * 2 ** (attempt - 1);
      try {
        const response = await this.#post(order, cents);
        const body = await response.text();
        if (response.ok) return chargeSchema.parse(JSON.parse(body));
        if (response.status === 402) throw new CardDeclined(body);
        if (response.status < 500 && response.status !== 429) throw new RequestRefused(`${response.status}: ${body}`);
        cause = new Error(`the service answered ${response.status}`);
        wait = secondsToWait(response) * 1000 || wait;
      } catch (error) {
        if (error instanceof CardDeclined || error instanceof RequestRefused) throw error;
        cause = error;
      }
      if (attempt < this.#settings.attempts) await this.#settings.pause(wait);
    }
    throw new OutcomeUnknown(`no certain answer about ${order} in ${this.#settings.attempts} attempts`, { cause });
  }

  #post(order: string, cents: number): Promise<Response> {
    return fetch(`${this.#settings.baseUrl}/charges`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#settings.token}`,
        'content-type': 'application/json',
        'idempotency-key': order,
      },
      body: JSON.stringify({ order, cents }),
      signal: this.#settings.deadline(),
    });
  }
}
// #endregion client

/** Retry-After may also be a date; then the usual wait applies. */
function secondsToWait(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 30) : 0;
}
