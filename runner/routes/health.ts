/** For whoever watches over the runner. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { readinessSchema } from '../protocol.ts';
import type { AppContext } from './context.ts';
import { noLimit } from './rate-limits.ts';

export const healthRoutes: FastifyPluginAsyncZod<{ context: AppContext }> = async (app, { context }) => {
  app.route({
    method: 'GET',
    url: '/healthz',
    config: noLimit,
    schema: {
      tags: ['health'],
      summary: 'Whether the process is up',
      response: { 200: z.object({ status: z.literal('ok') }) },
    },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    schema: {
      tags: ['health'],
      summary: 'Whether runs can be taken and graded',
      response: { 200: readinessSchema, 503: readinessSchema },
    },
    handler: async (request, reply) => {
      const readiness = context.readiness();
      const notices = [...readiness.notices];
      let reachable = true;
      try {
        await context.ping();
      } catch (error) {
        reachable = false;
        request.log.error({ err: error }, 'The store does not answer.');
        if (error instanceof ServiceError) notices.push(error.message);
      }
      const ready = readiness.ready && reachable;
      return reply
        .header('cache-control', 'no-store')
        .code(ready ? 200 : 503)
        .send({ ...readiness, ready, notices });
    },
  });
};
