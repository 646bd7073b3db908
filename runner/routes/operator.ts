/** Whether a request comes from whoever keeps this machine. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ServiceError } from '../errors.ts';
import { pathOf } from './problem-reply.ts';
import { isLoopback } from './request-origin.ts';

/**
 * Lets in who asks from this machine and not through a proxy on it. Everybody else is told that there is nothing: throws
 * {@link ServiceError} `not-found`.
 */
export function checkOperator(request: FastifyRequest, token?: string): void {
  const { authorization, forwarded, via, 'x-forwarded-for': forwardedFor } = request.headers;
  const proxied = forwarded !== undefined || via !== undefined || forwardedFor !== undefined;
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  // A proxy that says nothing of itself gives itself away by the name that people asked for, where it passes that on.
  const here = isLoopback(peer) && isLoopback(request.hostname);
  if (here && !proxied) return;
  if (token !== undefined && same(authorization ?? '', `Bearer ${token}`)) return;
  throw new ServiceError('not-found', { method: request.method, path: pathOf(request) });
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
