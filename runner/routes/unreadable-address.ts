/** Answers addresses that no route can be looked up for, such as `/%`, as every other mistake of a client is answered. */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { ServiceError } from '../errors.ts';

/** Stands for all of them: Fastify would answer them itself, past the limits and headers of everything else. */
const address = '/address-that-cannot-be-read';

/** For Fastify's `rewriteUrl`: the address to look a route up for, which is a path whatever form it was sent in. */
export function routableAddress({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const path = url.startsWith('/') || url === '*' ? url : pathOfWhole(url);
  return path !== undefined && isEncoded(path.split('?', 1)[0] ?? '') ? path : address;
}

/** Proxies are asked for whole addresses, and a server has to understand those too. */
function pathOfWhole(url: string): string | undefined {
  const { pathname = '', search } = URL.parse(url) ?? {};
  return pathname.startsWith('/') ? `${pathname}${search}` : undefined;
}

export function answerUnreadableAddresses(app: FastifyInstance): void {
  app.all(address, { schema: { hide: true } }, () => {
    throw new ServiceError('request-malformed', {
      reason:
        'The address cannot be read: in it, “%” and two hexadecimal digits stand for a byte of UTF-8, as in “%20”.',
    });
  });
}

function isEncoded(path: string): boolean {
  try {
    decodeURI(path);
    return true;
  } catch {
    return false;
  }
}
