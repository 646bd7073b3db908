import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

export type Charge = { id: string; status: string };
export type Order = { cents: number; currency: string };
export type Options = { baseUrl: string; apiKey: string; timeoutMs: number };

/** Why there is no answer that one could use. */
export class PaymentError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const codes = new Map([
  [402, 'declined'],
  [429, 'rate-limited'],
]);

/** Talks to the payment API. Every method rejects with {@link PaymentError}. */
export class PaymentClient {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Sent once: nobody knows whether a charge that failed was booked. */
  charge(order: Order): Promise<Charge> {
    return this.#ask('POST', '/charges', 201, JSON.stringify(order));
  }

  /** Asks again after a failure of the other side; looking twice does no harm. */
  async find(id: string): Promise<Charge | null> {
    let left = 3;
    for (;;) {
      try {
        return await this.#ask('GET', `/charges/${encodeURIComponent(id)}`, 200);
      } catch (error) {
        const { code } = error as PaymentError;
        if (code === 'absent') return null;
        if (code !== 'unavailable' || --left === 0) throw error;
      }
    }
  }

  async #ask(method: string, path: string, expected: number, body?: string): Promise<Charge> {
    const { status, text: answer } = await this.#exchange(method, path, body);
    if (status === 404 && method === 'GET') throw new PaymentError('absent', 'There is no such charge.');
    if (status !== expected) {
      const code = codes.get(status) ?? (status >= 500 ? 'unavailable' : 'unexpected');
      throw new PaymentError(code, `The answer was ${status}.`);
    }
    try {
      return JSON.parse(answer);
    } catch {
      throw new PaymentError('unavailable', 'The answer was cut short.');
    }
  }

  async #exchange(method: string, path: string, body?: string): Promise<{ status: number; text: string }> {
    const { baseUrl, apiKey, timeoutMs } = this.#options;
    const headers = {
      Authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    };
    const call = request(`${baseUrl}${path}`, { method, headers, agent: false });
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      call.destroy(new Error('too late'));
    }, timeoutMs);
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        call.on('response', resolve).on('error', reject).end(body);
      });
      return { status: response.statusCode ?? 0, text: await text(response) };
    } catch (error) {
      if (late) throw new PaymentError('timeout', `It took more than ${timeoutMs} ms.`);
      throw new PaymentError('unavailable', `The connection failed: ${(error as Error).message}`);
    } finally {
      clearTimeout(limit);
    }
  }
}
