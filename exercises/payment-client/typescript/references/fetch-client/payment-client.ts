export type Charge = { id: string; status: string };
export type Order = { cents: number; currency: string };
export type Options = { baseUrl: string; apiKey: string; timeoutMs: number };
export type Code = 'declined' | 'rate-limited' | 'unavailable' | 'timeout' | 'unexpected';

/** Why there is no answer that one could use. */
export class PaymentError extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

type Answer = { status: number; text: string };

const attempts = 3;

/** Talks to the payment API. Every method rejects with {@link PaymentError}. */
export class PaymentClient {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Sent once: nobody knows whether a charge that failed was booked. */
  async charge(order: Order): Promise<Charge> {
    const answer = await this.#send('POST', '/charges', JSON.stringify(order));
    if (answer.status !== 201) throw refusal(answer.status);
    return parse(answer.text);
  }

  /** Asks again after a 5xx; looking twice does no harm. */
  async find(id: string): Promise<Charge | null> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#send('GET', `/charges/${encodeURIComponent(id)}`);
      if (answer.status === 200) return parse(answer.text);
      if (answer.status === 404) return null;
      if (answer.status < 500 || attempt === attempts) throw refusal(answer.status);
    }
  }

  async #send(method: string, path: string, body?: string): Promise<Answer> {
    const { baseUrl, apiKey, timeoutMs } = this.#options;
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(`${baseUrl}${path}`, { method, headers, body, signal: limit });
      return { status: response.status, text: await response.text() };
    } catch (cause) {
      if (limit.aborted) throw new PaymentError('timeout', `No whole answer within ${timeoutMs} ms.`, { cause });
      throw new PaymentError('unavailable', 'The connection failed or broke off.', { cause });
    }
  }
}

function refusal(status: number): PaymentError {
  if (status === 402) return new PaymentError('declined', 'The payment was declined.');
  if (status === 429) return new PaymentError('rate-limited', 'Too many requests were sent.');
  if (status >= 500) return new PaymentError('unavailable', `The API answered with ${status}.`);
  return new PaymentError('unexpected', `The API answered with ${status}.`);
}

function parse(text: string): Charge {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PaymentError('unavailable', 'The answer is not whole JSON.', { cause });
  }
}
