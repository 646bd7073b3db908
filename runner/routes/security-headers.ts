/** What every answer tells a browser not to do. The content policy is the site's own; see content-policy.ts. */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

const yearSeconds = 365 * 24 * 3600;
/** None of these is used by the site, so nothing that gets into a page may use them. */
const permissions = 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()';

export async function sendSecurityHeaders(app: FastifyInstance, { publicOrigin }: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    // Styles and fonts come from here only, and nothing is embedded: isolation would add refusals and no safety.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    xFrameOptions: { action: 'deny' },
    // Other names of the domain are not ours to speak for.
    strictTransportSecurity: publicOrigin?.startsWith('https:')
      ? { maxAge: yearSeconds, includeSubDomains: false }
      : false,
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', permissions);
  });
}
