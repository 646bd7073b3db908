/** What a client needs to show an exercise and start it. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ExerciseDefinition, LanguageDefinition } from '../../exercises/format.ts';
import { ServiceError } from '../errors.ts';
import {
  type Exercise,
  type ExerciseFile,
  type ExerciseSummary,
  exerciseSchema,
  exerciseSummarySchema,
} from '../protocol.ts';
import type { AppContext } from './context.ts';
import { problemResponses } from './problem-responses.ts';

export const exerciseRoutes: FastifyPluginAsyncZod<{ context: AppContext }> = async (app, { context }) => {
  const exercises = new Map([...context.exercises].filter(([, { kind }]) => kind !== 'proof'));

  app.route({
    method: 'GET',
    url: '/api/exercises',
    schema: { tags: ['exercises'], summary: 'All exercises', response: { 200: z.array(exerciseSummarySchema) } },
    handler: async (_request, reply) =>
      reply.header('cache-control', 'no-cache').send([...exercises.values()].map(summaryOf)),
  });

  app.route({
    method: 'GET',
    url: '/api/exercises/:slug',
    schema: {
      tags: ['exercises'],
      summary: 'One exercise',
      params: z.object({ slug: z.string() }),
      response: { 200: exerciseSchema, ...problemResponses('exercise-not-found') },
    },
    handler: async (request, reply) => {
      const exercise = exercises.get(request.params.slug);
      if (exercise === undefined) throw new ServiceError('exercise-not-found', { exercise: request.params.slug });
      return reply.header('cache-control', 'no-cache').send(detailOf(exercise));
    },
  });
};

function summaryOf(exercise: ExerciseDefinition): ExerciseSummary {
  const { slug, title, summary, kind, level, minutes } = exercise as ExerciseDefinition & Pick<ExerciseSummary, 'kind'>;
  return { slug, title, summary, kind, level, minutes, languages: ['typescript'] };
}

/** Never more than the solver may see: of references, mutants and checks only what they are called. */
function detailOf(exercise: ExerciseDefinition): Exercise {
  const { mutants, references, checks } = exercise.languages.typescript;
  return {
    ...summaryOf(exercise),
    brief: exercise.brief,
    files: { typescript: filesOf(exercise.languages.typescript) },
    references: references.map(({ id, title }) => ({ id, title })),
    mutants: mutants.map(({ id, title, core }) => ({ id, title, core })),
    checks: checks.map(({ id, title, core }) => ({ id, title, core })),
  };
}

function filesOf({ given, starter }: LanguageDefinition): ExerciseFile[] {
  const entries = (files: Readonly<Record<string, string>>, editable: boolean) =>
    Object.entries(files).map(([path, text]) => ({ path, text, editable }));
  return [...entries(starter, true), ...entries(given, false)];
}
