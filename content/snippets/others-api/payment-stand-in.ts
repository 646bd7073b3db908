import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

// #region behaviours
export type Behaviour =
  | 'charge, then cut the line'
  | 'charge, then never answer'
  | 'charge, then send half the answer'
  | { status: number; headers?: Record<string, string>; body: string };
// #endregion behaviours

type Charge = { id: string; order: string; cents: number };
type Seen = { method: string; path: string; headers: IncomingMessage['headers']; body: string };

/** A payment service on this machine. It keeps books, and it misbehaves when told to. */
export class PaymentStandIn implements AsyncDisposable {
  readonly charges: Charge[] = [];
  readonly requests: Seen[] = [];
  readonly #server: Server;
  readonly #script: Behaviour[] = [];
  readonly #byKey = new Map<string, Charge>();

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  // #region listen
  static async listen(): Promise<PaymentStandIn> {
    const standIn = new PaymentStandIn();
    standIn.#server.listen(0, '127.0.0.1');
    await once(standIn.#server, 'listening');
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
  // #endregion listen

  /** What the next requests will meet, one each. After that it behaves. */
  next(...behaviours: Behaviour[]): void {
    this.#script.push(...behaviours);
  }

  // #region handle
  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const body = await text(request);
    this.requests.push({ method, path, headers, body });

    const behaviour = this.#script.shift();
    if (typeof behaviour === 'object') {
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
      return;
    }
    const answer = JSON.stringify(this.#charge(String(headers['idempotency-key'] ?? ''), JSON.parse(body)));
    if (behaviour === 'charge, then cut the line') response.destroy();
    else if (behaviour === 'charge, then send half the answer') {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': answer.length });
      response.write(answer.slice(0, answer.length / 2), () => response.destroy());
    } else if (behaviour === undefined) {
      response.writeHead(201, { 'content-type': 'application/json' }).end(answer);
    }
    // 'charge, then never answer': the request stays open until the client gives up.
  }
  // #endregion handle

  #charge(key: string, { order, cents }: { order: string; cents: number }): Charge {
    const known = this.#byKey.get(key);
    if (known) return known;
    const charge = { id: `ch_${this.charges.length + 1}`, order, cents };
    this.charges.push(charge);
    if (key !== '') this.#byKey.set(key, charge);
    return charge;
  }
}
