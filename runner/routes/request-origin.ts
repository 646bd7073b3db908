/** Keeps other sites out: their pages may not start runs, read events, or pass for this site by a name of their own. */
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { ServiceError } from '../errors.ts';

export type OriginRules = {
  /** The address that the runner listens on. */
  host: string;
  publicOrigin: string | undefined;
};

/**
 * A runner on loopback answers to loopback's names only. Otherwise a page could point a name of its own at 127.0.0.1
 * (DNS rebinding) and would be of the same origin as this site. Throws {@link ServiceError} `host-refused`.
 */
export function checkHost(request: FastifyRequest, { host, publicOrigin }: OriginRules): void {
  if (!isLoopback(host)) return;
  const asked = request.headers.host ?? '';
  if (publicOrigin !== undefined && new URL(publicOrigin).host === asked) return;
  if (URL.canParse(`http://${asked}`) && isLoopback(new URL(`http://${asked}`).hostname)) return;
  throw new ServiceError('host-refused', { host: asked });
}

/**
 * Refuses a request that a page of another origin sent. Clients that are no browsers send no origin; they have no
 * cookie that a stranger could ride on either. Throws {@link ServiceError} `origin-refused`.
 */
export function checkOrigin(request: FastifyRequest, { publicOrigin }: OriginRules): void {
  const { host, origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined) {
    if (site === 'cross-site' || site === 'same-site')
      throw new ServiceError('origin-refused', { origin: 'another site' });
    return;
  }
  if (origin === publicOrigin) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new ServiceError('origin-refused', { origin });
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith('127.');
  if (isIP(bare) === 6) return bare === '::1';
  return bare === 'localhost' || bare.endsWith('.localhost');
}
