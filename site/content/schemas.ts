/** The shapes of what is in `content/`, with messages that tell an author how to mend a file. */
import { z } from 'zod';
import { proofFileSchema, recordedSchema } from '../../content/proofs/format.ts';
import { conditionsSchema, ruleSchema } from '../../exercises/format.ts';
import { count, line, lines, slug } from './fields.ts';

const source = z.strictObject({
  title: line('the source’s title'),
  url: z.url({ protocol: /^https$/, error: 'give the source’s full address, with https://' }),
  publisher: line('who published the source'),
  note: z.string().optional(),
});

/** Frontmatter of `content/lessons/<slug>.mdx`. */
export const lessonSchema = z.strictObject({
  title: line('the lesson’s title'),
  summary: line('a summary'),
  unit: line('the unit’s name'),
  order: count('order (the lesson’s place in the course)'),
  minutes: count('minutes (the reading time)'),
  /** The day it first appeared; the feed shows it. */
  published: z.date({ error: 'write published as a date, such as 2026-11-24' }).optional(),
  goals: lines('goals'),
  takeaways: lines('takeaways'),
  exercise: slug.optional(),
  misconceptions: z.array(slug, { error: 'list misconceptions by slug, or write misconceptions: []' }),
  quiz: slug.optional(),
  sources: z.array(source, { error: 'list sources with title, url and publisher, or write sources: []' }),
});

/** Frontmatter of `content/misconceptions/<slug>.mdx`. */
export const misconceptionSchema = z.strictObject({
  title: line('the belief, in quotes, as title'),
  belief: line('belief: what people think'),
  truth: line('truth: what is so'),
  lessons: z.array(slug, { error: 'list the lessons that clear it, by slug' }),
});

/** Frontmatter of `content/docs/<slug>.md`. */
export const docSchema = z.strictObject({
  title: line('the page’s title'),
  summary: line('a summary'),
  order: count('order (the page’s place in the list)'),
});

/** What accounts are grouped by, in the order in which they are shown. */
export const accountTopics = ['Isolation', 'A database each', 'Containers', 'Words and stand-ins'] as const;

/** One entry of `content/in-production.yaml`. */
export const accountSchema = z.strictObject({
  id: slug,
  who: line('who: the organisation or project'),
  topic: z.enum(accountTopics, { error: `write topic as one of ${accountTopics.join(', ')}` }),
  claim: line('claim: what they do'),
  lesson: line('lesson: what a reader can take from it'),
  sure: z.enum(['high', 'medium', 'reported'], { error: 'write sure: high, medium or reported' }),
  sources: z.array(source.omit({ note: true }), {
    error: 'list sources with title, url and publisher, or write sources: []',
  }),
});

/** One entry of `content/glossary.yaml`. */
export const glossarySchema = z.strictObject({
  id: slug,
  term: line('the term'),
  says: line('says: what it means, in a sentence or two'),
  lesson: slug.optional(),
});

/** What the site shows of a proof; `content/proofs/format.ts` has the folder’s own shape. */
export const proofSchema = proofFileSchema.extend({ code: z.string(), recorded: recordedSchema });

const file = z.object({ path: z.string(), text: z.string() });

const files = z.record(z.string(), z.string());

/** What the site shows of an exercise. `answers` never stand in a page: they are an address of their own. */
export const exerciseSchema = z.object({
  title: z.string(),
  summary: z.string(),
  kind: z.enum(['write-tests', 'write-code', 'mend-suite']),
  level: z.enum(['introductory', 'intermediate', 'advanced']),
  minutes: z.int(),
  practises: z.array(z.string()),
  lesson: z.string(),
  misconceptions: z.array(z.string()),
  starter: z.array(file),
  subject: z.array(file),
  references: z.array(z.object({ id: z.string(), title: z.string() })),
  mutants: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      core: z.boolean(),
      hints: z.array(z.string()),
      misconception: z.string().optional(),
    }),
  ),
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      core: z.boolean(),
      hints: z.array(z.string()),
      misconception: z.string().optional(),
      tests: z.int().describe('How many tests it seems to have: their rows’ room. The tests themselves are an answer.'),
    }),
  ),
  rules: z.array(ruleSchema).default([]),
  answers: z.object({
    solution: files,
    discussion: z.string().describe('HTML'),
    references: z.array(
      z.object({ id: z.string(), title: z.string(), files, conditions: conditionsSchema.optional() }),
    ),
    mutants: z.array(z.object({ id: z.string(), base: z.string(), changed: files })),
    checks: z.array(z.object({ id: z.string(), tests: files })),
  }),
});
