/** Whether a request comes from whoever keeps this machine. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { ServiceError } from '../errors.ts';
import { pathOf } from './problem-reply.ts';
import { isLoopback } from './request-origin.ts';

/** What proxies add of their own accord, or where they are asked to. */
const marksOfProxies = /^(forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|cf-.*|true-client-ip)$/;

/**
 * Lets in who asks from this machine, and who knows `METRICS_TOKEN`, as a bearer or as the password of any name. Where
 * `PUBLIC_ORIGIN` tells of a proxy, only the latter: the proxy asks from this machine too, and one that passes neither
 * name nor mark on, as nginx does unless told otherwise, could not be told from its keeper. A browser is asked for the
 * token where that is what it lacks. Everybody else is told that there is nothing: throws {@link ServiceError} `not-found`.
 */
export function checkOperator(
  request: FastifyRequest,
  reply: FastifyReply,
  { metricsToken, publicOrigin }: Pick<Config, 'metricsToken' | 'publicOrigin'>,
): void {
  const asksHere = fromHere(request);
  if (asksHere && publicOrigin === undefined) return;
  if (metricsToken !== undefined && tokensOf(request.headers.authorization).some((token) => same(token, metricsToken)))
    return;
  if (asksHere && metricsToken !== undefined) {
    reply.header('www-authenticate', 'Basic realm="Boundary", charset="UTF-8"');
    throw new ServiceError('operator-unknown');
  }
  throw new ServiceError('not-found', { method: request.method, path: pathOf(request) });
}

function fromHere(request: FastifyRequest): boolean {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const proxied = Object.keys(request.headers).some((name) => marksOfProxies.test(name));
  return !proxied && isLoopback(peer) && isLoopback(request.hostname);
}

function tokensOf(authorization = ''): string[] {
  const [, scheme = '', value = ''] = /^(\w+) +(.*)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return [value];
  if (scheme.toLowerCase() !== 'basic') return [];
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return [pair.slice(pair.indexOf(':') + 1)];
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
