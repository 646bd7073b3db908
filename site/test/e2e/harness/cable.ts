import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A cable between a browser and the product that can be pulled and plugged in again. */
export class Cable implements AsyncDisposable {
  readonly #server = createServer((socket) => this.#join(socket));
  readonly #ends = new Set<Socket>();
  readonly #port: number;
  #plugged = true;

  private constructor(port: number) {
    this.#port = port;
  }

  static async to(address: string): Promise<Cable> {
    const cable = new Cable(Number(new URL(address).port));
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Every connection is cut, and new ones are too. */
  pull(): void {
    this.#plugged = false;
    for (const end of this.#ends) end.destroy();
  }

  plug(): void {
    this.#plugged = true;
  }

  #join(near: Socket): void {
    if (!this.#plugged) {
      near.destroy();
      return;
    }
    const far = connect(this.#port, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        this.#ends.delete(end);
        other.destroy();
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.pull();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
