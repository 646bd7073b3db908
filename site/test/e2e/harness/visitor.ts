import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export type VisitorOptions = BrowserContextOptions & {
  /** Console errors that the test is about, such as a refused connection. */
  expectedErrors?: readonly RegExp[];
};

/** One person: a browser profile of their own and a page in it, with an ear for what must not happen on any page. */
export class Visitor implements AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Addresses that the page asked for, in order. */
  readonly requests: string[] = [];
  /** Console errors, uncaught exceptions, and requests that left the origin. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page, origin: string, expected: readonly RegExp[]) {
    this.context = context;
    this.page = page;
    const complain = (text: string) => {
      if (!expected.some((pattern) => pattern.test(text))) this.complaints.push(`${page.url()}: ${text}`);
    };
    page.on('console', (message) => {
      if (message.type() === 'error') complain(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => complain(`uncaught ${error.message}`));
    const host = new URL(origin).host;
    const note = (address: string) => {
      this.requests.push(address);
      const { protocol, host: asked } = new URL(address);
      if (!['data:', 'blob:'].includes(protocol) && asked !== host) complain(`a request left the origin: ${address}`);
    };
    page.on('request', (request) => note(request.url()));
    page.on('websocket', (socket) => note(socket.url()));
  }

  static async arrive(browser: Browser, origin: string, options: VisitorOptions = {}): Promise<Visitor> {
    const { expectedErrors = [], ...contextOptions } = options;
    const context = await browser.newContext({
      baseURL: origin,
      reducedMotion: 'reduce',
      // A worker between page and runner would hide from most tests what they are about.
      serviceWorkers: 'block',
      viewport: { width: 1440, height: 900 },
      ...contextOptions,
    });
    // A busy machine runs a whole exercise in less; playwright's own limit is half of this.
    context.setDefaultTimeout(60_000);
    return new Visitor(context, await context.newPage(), origin, expectedErrors);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }
}
