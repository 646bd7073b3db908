/** The event stream of a run, over a WebSocket. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { followEvents } from '../runs/follow-events.ts';
import { findRun } from '../store/runs.ts';
import type { AppContext } from './context.ts';
import { eventSocket } from './event-socket.ts';
import { requesterOf } from './learner-identity.ts';
import { problemResponses } from './problem-responses.ts';
import { addressOf } from './rate-limits.ts';
import { checkOrigin } from './request-origin.ts';

const paramsSchema = z.object({ id: z.uuid() });
const querySchema = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0).describe('The last sequence number seen.'),
});

export const runEventRoutes: FastifyPluginAsyncZod<{ context: AppContext }> = async (app, { context }) => {
  const { config, pool, signals, streams } = context;

  app.route({
    method: 'GET',
    url: '/api/runs/:id/events',
    schema: {
      tags: ['runs'],
      summary: 'Follow a run (WebSocket)',
      description:
        'One JSON event a text frame: { seq, at, type, … }. Ends with “finished”, then close code 1000. Connect again with after=SEQ to go on without loss or repetition.',
      params: paramsSchema,
      querystring: querySchema,
      response: problemResponses(
        'request-malformed',
        'origin-refused',
        'run-not-found',
        'upgrade-required',
        'streams-full',
      ),
    },
    // Before the upgrade, so that a refusal is an HTTP answer that says why.
    preHandler: async (request) => {
      checkOrigin(request, config);
      streams.check(addressOf(request));
      const run = await findRun(pool, request.params.id, requesterOf(request));
      if (run === undefined) throw new ServiceError('run-not-found');
    },
    handler: async () => {
      throw new ServiceError('upgrade-required');
    },
    wsHandler: async (socket: WebSocket, request) => {
      const { id } = paramsSchema.parse(request.params);
      const { after } = querySchema.parse(request.query);
      const connection = eventSocket(socket);
      try {
        // Once more, now that it counts: many that come at once have all passed the first look.
        streams.check(addressOf(request));
      } catch {
        connection.close(1013, 'Too many event streams from this address. Connect again later.');
        return;
      }
      connection.closed.addEventListener('abort', streams.hold(addressOf(request)));
      try {
        for await (const events of followEvents(pool, signals, id, after, connection.closed)) {
          if (!(await connection.send(events))) return;
        }
        connection.close(1000, 'The run is finished.');
      } catch (error) {
        request.log.error({ err: error, run: id }, 'The event stream broke.');
        connection.close(1011, 'The runner failed. Connect again.');
      }
    },
  });
};
