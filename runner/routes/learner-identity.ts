/** Who is asking: an anonymous learner with a signed cookie, or a client that carries a run's key. */
import { createHmac, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Submitter } from '../runs/submit.ts';
import type { Requester } from '../store/runs.ts';
import { addressOf } from './rate-limits.ts';
import { isLoopback } from './request-origin.ts';

const cookieName = 'boundary_learner';
const cookieSeconds = 365 * 24 * 3600;
const learnerIdSchema = z.uuid();

/** What the request proves about its sender; nothing is created. */
export function requesterOf(request: FastifyRequest): Requester {
  const [scheme, key] = request.headers.authorization?.split(' ') ?? [];
  return { learnerId: learnerIdOf(request), key: scheme?.toLowerCase() === 'bearer' ? key : undefined };
}

/**
 * The learner who submits. Somebody without a cookie is given one, and is counted by address until it comes back. It lasts
 * for a year from the last time: who keeps coming keeps it.
 */
export function submitterOf(
  request: FastifyRequest,
  reply: FastifyReply,
  options: { cookieSecret: string; publicOrigin: string | undefined },
): Submitter {
  const known = learnerIdOf(request);
  // Keyed, so that the stored value tells nobody the address.
  const hash = createHmac('sha256', options.cookieSecret).update(addressOf(request)).digest('base64url');
  // A proxy of which the runner was not told makes everybody come from here.
  const here = [request.ip, addressOf(request)].some((ip) => isLoopback(ip ?? ''));
  const address = here ? undefined : hash;
  const learnerId = known ?? randomUUID();
  reply.setCookie(cookieName, learnerId, {
    signed: true,
    httpOnly: true,
    sameSite: 'lax',
    secure: options.publicOrigin?.startsWith('https:') ?? false,
    path: '/',
    maxAge: cookieSeconds,
  });
  return { learnerId, share: known === undefined ? `address:${hash}` : `learner:${known}`, address };
}

function learnerIdOf(request: FastifyRequest): string | undefined {
  const cookie = request.cookies[cookieName];
  if (cookie === undefined) return undefined;
  const { valid, value } = request.unsignCookie(cookie);
  return valid && learnerIdSchema.safeParse(value).success ? (value ?? undefined) : undefined;
}
