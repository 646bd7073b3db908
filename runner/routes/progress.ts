/** A learner's progress, kept for the browser of the signed cookie. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { progressSchema } from '../protocol.ts';
import { forgetProgress, mergeProgress, progressOf } from '../store/progress.ts';
import { inTransaction } from '../store/transaction.ts';
import type { AppContext } from './context.ts';
import { requesterOf, submitterOf } from './learner-identity.ts';
import { problemResponses } from './problem-responses.ts';
import { submissionLimit } from './rate-limits.ts';

const url = '/api/progress';
const tags = ['progress'];
/** Entries as JSON: twice what is kept of a learner. */
const bodyLimit = 512 << 10;

export const progressRoutes: FastifyPluginAsyncZod<{ context: AppContext }> = async (app, { context }) => {
  const { config, cookieSecret, pool } = context;

  app.route({
    method: 'GET',
    url,
    schema: {
      tags,
      summary: 'Your progress',
      description: 'Of the learner that the cookie names. Nothing is created: without a cookie there are no entries.',
      response: { 200: progressSchema, ...problemResponses('rate-limited') },
    },
    handler: async (request, reply) => {
      const { learnerId } = requesterOf(request);
      const entries = learnerId === undefined ? [] : await progressOf(pool, learnerId);
      return reply.header('cache-control', 'no-store').send({ entries });
    },
  });

  app.route({
    method: 'POST',
    url,
    bodyLimit,
    config: submissionLimit(config),
    schema: {
      tags,
      summary: 'Bring your progress together',
      description:
        'Takes in each entry that is newer than the one kept under its key, and answers with all of them. A null value takes ' +
        'an entry back. A signed cookie is set for a client that has none.',
      body: progressSchema,
      response: {
        200: progressSchema,
        ...problemResponses(
          'request-malformed',
          'origin-refused',
          'submission-too-large',
          'submission-rejected',
          'rate-limited',
        ),
      },
    },
    handler: async (request, reply) => {
      const { learnerId } = submitterOf(request, reply, { cookieSecret, publicOrigin: config.publicOrigin });
      const entries = await inTransaction(pool, async (client) => {
        await mergeProgress(client, learnerId, request.body.entries);
        return progressOf(client, learnerId);
      });
      return reply.header('cache-control', 'no-store').send({ entries });
    },
  });

  app.route({
    method: 'DELETE',
    url,
    schema: {
      tags,
      summary: 'Have your progress forgotten',
      response: { 204: z.null().describe('Nothing is kept.'), ...problemResponses('origin-refused', 'rate-limited') },
    },
    handler: async (request, reply) => {
      const { learnerId } = requesterOf(request);
      if (learnerId !== undefined) await inTransaction(pool, (client) => forgetProgress(client, learnerId));
      return reply.code(204).send(null);
    },
  });
};
