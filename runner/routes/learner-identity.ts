/** Who is asking: an anonymous learner with a signed cookie, or a client that carries a run's key. */
import { createHmac, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Submitter } from '../runs/submit.ts';
import type { Requester } from '../store/runs.ts';

const cookieName = 'boundary_learner';
const cookieSeconds = 365 * 24 * 3600;
const learnerIdSchema = z.uuid();

/** What the request proves about its sender; nothing is created. */
export function requesterOf(request: FastifyRequest): Requester {
  const [scheme, key] = request.headers.authorization?.split(' ') ?? [];
  return { learnerId: learnerIdOf(request), key: scheme?.toLowerCase() === 'bearer' ? key : undefined };
}

/** The learner who submits. Somebody without a cookie is given one, and is counted by address until it comes back. */
export function submitterOf(
  request: FastifyRequest,
  reply: FastifyReply,
  options: { cookieSecret: string; publicOrigin: string | undefined },
): Submitter {
  const known = learnerIdOf(request);
  if (known !== undefined) return { learnerId: known, share: `learner:${known}` };
  const learnerId = randomUUID();
  reply.setCookie(cookieName, learnerId, {
    signed: true,
    httpOnly: true,
    sameSite: 'lax',
    secure: options.publicOrigin?.startsWith('https:') ?? false,
    path: '/',
    maxAge: cookieSeconds,
  });
  // Keyed, so that the stored value tells nobody the address.
  const address = createHmac('sha256', options.cookieSecret).update(request.ip).digest('base64url');
  return { learnerId, share: `address:${address}` };
}

function learnerIdOf(request: FastifyRequest): string | undefined {
  const cookie = request.cookies[cookieName];
  if (cookie === undefined) return undefined;
  const { valid, value } = request.unsignCookie(cookie);
  return valid && learnerIdSchema.safeParse(value).success ? (value ?? undefined) : undefined;
}
