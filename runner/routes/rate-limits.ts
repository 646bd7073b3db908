/** Bounds what one address may ask for, so that nobody keeps the runner busy with refusals. */
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { ServiceError } from '../errors.ts';

const windowMs = 60_000;
/** Beyond that many, the address that was quiet longest is forgotten: memory is bounded. */
const rememberedAddresses = 10_000;
/** Submissions are dear: each is read, checked and stored before the queue can refuse it. */
const submissionsIn = 10;

/** Registers the limit for every route that comes after it. */
export async function limitRequests(app: FastifyInstance, { requestsPerMinute }: Config): Promise<void> {
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: windowMs,
    cache: rememberedAddresses,
    keyGenerator: addressOf,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1000));
      return new ServiceError('rate-limited', { seconds }, { retryAfter: seconds });
    },
  });
}

/** For the `config` of the route that takes submissions: a tenth of the requests, counted apart. */
export function submissionLimit({ requestsPerMinute }: Config) {
  const max = Math.max(1, Math.floor(requestsPerMinute / submissionsIn));
  return { rateLimit: { max, timeWindow: windowMs, groupId: 'submissions' } };
}

/** For the `config` of what whoever watches over the runner asks: it costs little, and must answer when all is busy. */
export const noLimit = { rateLimit: false } as const;

/**
 * Who asks, as far as the network tells: a cookie could be had anew for each request. Of an IPv6 address the part that one
 * customer is given.
 */
export function addressOf(request: FastifyRequest): string {
  // A socket whose other end is gone has no address any more.
  const ip: string | undefined = request.ip;
  return ip ? normalizeIP(ip, 64) : 'unknown';
}
