/** A learner's earlier runs of an exercise, and what they had written for each. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { runSummarySchema, submittedFilesSchema } from '../protocol.ts';
import { findFiles, listRuns } from '../store/history.ts';
import type { AppContext } from './context.ts';
import { requesterOf } from './learner-identity.ts';
import { problemResponses } from './problem-responses.ts';

/** More than anybody looks through; the older ones stay in the store. */
const mostListed = 50;

export const runHistoryRoutes: FastifyPluginAsyncZod<{ context: AppContext }> = async (app, { context }) => {
  const { exercises, pool } = context;

  app.route({
    method: 'GET',
    url: '/api/exercises/:slug/runs',
    schema: {
      tags: ['runs'],
      summary: 'Your earlier runs of an exercise',
      description: `The newest first, at most ${mostListed}. Those of the cookie’s learner; without a cookie there are none.`,
      params: z.object({ slug: z.string() }),
      response: { 200: z.array(runSummarySchema), ...problemResponses('exercise-not-found') },
    },
    handler: async (request, reply) => {
      const { slug } = request.params;
      if (!exercises.has(slug)) throw new ServiceError('exercise-not-found', { exercise: slug });
      const { learnerId } = requesterOf(request);
      const runs = learnerId === undefined ? [] : await listRuns(pool, learnerId, slug, mostListed);
      return reply.header('cache-control', 'no-store').send(runs);
    },
  });

  app.route({
    method: 'GET',
    url: '/api/runs/:id/files',
    schema: {
      tags: ['runs'],
      summary: 'The files that a run was submitted with',
      params: z.object({ id: z.uuid() }),
      response: { 200: submittedFilesSchema, ...problemResponses('run-not-found') },
    },
    handler: async (request, reply) => {
      const files = await findFiles(pool, request.params.id, requesterOf(request));
      if (files === undefined) throw new ServiceError('run-not-found');
      return reply.header('cache-control', 'no-store').send({ files });
    },
  });
};
