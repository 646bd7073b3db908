/** Submit a run, look at it, cancel it. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { acceptedSchema, languageSchema, type Run, runSchema, submissionSchema } from '../protocol.ts';
import { cancelRun } from '../runs/cancel.ts';
import { acceptSubmission } from '../runs/submission.ts';
import { SubmissionLine } from '../runs/submission-line.ts';
import { submitRun } from '../runs/submit.ts';
import { findRun, type Requester } from '../store/runs.ts';
import type { AppContext } from './context.ts';
import { requesterOf, submitterOf } from './learner-identity.ts';
import { problemResponses } from './problem-responses.ts';
import { submissionLimit } from './rate-limits.ts';

const paramsSchema = z.object({ id: z.uuid() });

/** A language is looked up, not validated: an unknown one is 404 like an unknown exercise. */
const requestSchema = submissionSchema.extend({
  language: z.string().min(1).max(64).describe('Such as “typescript”.'),
});

export const runRoutes: FastifyPluginAsyncZod<{ context: AppContext }> = async (app, { context }) => {
  const { config, cookieSecret, exercises, pool } = context;
  const line = new SubmissionLine();

  async function ownRun(id: string, requester: Requester): Promise<Run> {
    const run = await findRun(pool, id, requester);
    if (run === undefined) throw new ServiceError('run-not-found');
    return run;
  }

  app.route({
    method: 'POST',
    url: '/api/runs',
    config: submissionLimit(config),
    // JSON may spell a character in six bytes; the exact bound is on the texts themselves.
    bodyLimit: 6 * config.submissionBytes + 65_536,
    schema: {
      tags: ['runs'],
      summary: 'Submit tests to be run',
      description:
        'Queues a run. A signed cookie is set for a client that has none; the key serves clients without cookies.',
      body: requestSchema,
      response: {
        202: acceptedSchema,
        ...problemResponses(
          'request-malformed',
          'origin-refused',
          'exercise-not-found',
          'language-not-offered',
          'submission-too-large',
          'media-type-unsupported',
          'submission-rejected',
          'queue-full',
          'learner-queue-full',
          'address-queue-full',
          'rate-limited',
        ),
      },
    },
    handler: async (request, reply) => {
      const exercise = exercises.get(request.body.exercise);
      if (exercise === undefined) throw new ServiceError('exercise-not-found', { exercise: request.body.exercise });
      const language = languageSchema.safeParse(request.body.language);
      if (!language.success) {
        const languages = Object.keys(exercise.languages).join(', ');
        throw new ServiceError('language-not-offered', {
          exercise: exercise.slug,
          language: request.body.language,
          languages,
        });
      }
      const submission = { ...request.body, language: language.data };
      const files = acceptSubmission(submission, exercise, config);
      const submitter = submitterOf(request, reply, { cookieSecret, publicOrigin: config.publicOrigin });
      const { id, key } = await line.wait(() => submitRun(pool, { ...submission, files }, submitter, config));
      return reply
        .code(202)
        .header('location', `/api/runs/${id}`)
        .send({ id, events: `/api/runs/${id}/events`, key });
    },
  });

  app.route({
    method: 'GET',
    url: '/api/runs/:id',
    schema: {
      tags: ['runs'],
      summary: 'Where a run stands',
      params: paramsSchema,
      response: { 200: runSchema, ...problemResponses('run-not-found') },
    },
    handler: async (request, reply) => {
      const run = await ownRun(request.params.id, requesterOf(request));
      return reply.header('cache-control', 'no-store').send(run);
    },
  });

  app.route({
    method: 'POST',
    url: '/api/runs/:id/cancel',
    schema: {
      tags: ['runs'],
      summary: 'End a run early',
      description:
        'A waiting run ends at once, a running one soon; a finished one stays as it is. The outcome comes as an event.',
      params: paramsSchema,
      response: { 202: runSchema, ...problemResponses('origin-refused', 'run-not-found') },
    },
    handler: async (request, reply) => {
      const requester = requesterOf(request);
      const { id } = await ownRun(request.params.id, requester);
      await cancelRun(pool, id);
      return reply.code(202).send(await ownRun(id, requester));
    },
  });
};
