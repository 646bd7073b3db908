import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { exerciseLoader } from './content/exercise-loader.ts';
import { proofLoader } from './content/proof-loader.ts';
import { quizSchema } from './content/quiz-schema.ts';
import {
  accountSchema,
  docSchema,
  exerciseSchema,
  glossarySchema,
  lessonSchema,
  misconceptionSchema,
  proofSchema,
} from './content/schemas.ts';

export const collections = {
  lessons: defineCollection({
    loader: glob({ base: './content/lessons', pattern: '*.mdx' }),
    schema: lessonSchema,
  }),
  quizzes: defineCollection({
    loader: glob({ base: './content/quizzes', pattern: '*.yaml' }),
    schema: quizSchema,
  }),
  misconceptions: defineCollection({
    loader: glob({ base: './content/misconceptions', pattern: '*.mdx' }),
    schema: misconceptionSchema,
  }),
  docs: defineCollection({
    loader: glob({ base: './content/docs', pattern: '**/*.md' }),
    schema: docSchema,
  }),
  accounts: defineCollection({ loader: file('./content/in-production.yaml'), schema: accountSchema }),
  glossary: defineCollection({ loader: file('./content/glossary.yaml'), schema: glossarySchema }),
  proofs: defineCollection({ loader: proofLoader(), schema: proofSchema }),
  exercises: defineCollection({ loader: exerciseLoader(), schema: exerciseSchema }),
};
