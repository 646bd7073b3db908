/** The shapes of everything in `content/`, with messages that tell an author how to mend a file. */
import { z } from 'zod';

const slug = z
  .string({ error: 'give a slug: lower-case words joined by “-”, such as first-container' })
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'write lower-case words joined by “-”, such as first-container');

const line = (what: string) =>
  z
    .string({ error: `give ${what}, as one line of text` })
    .min(1, `give ${what}: it is empty`)
    .refine((text) => !text.includes('\n'), `write ${what} as one line`);

const count = (what: string) =>
  z.int({ error: `give ${what} as a whole number` }).positive(`give ${what} as a number above 0`);

const lines = (what: string) =>
  z.array(line(`each of ${what}`), { error: `list ${what}: one “- …” a line` }).min(1, `list at least one of ${what}`);

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
  goals: lines('goals'),
  takeaways: lines('takeaways'),
  exercise: slug.optional(),
  misconceptions: z.array(slug, { error: 'list misconceptions by slug, or write misconceptions: []' }),
  quiz: slug.optional(),
  sources: z.array(source, { error: 'list sources with title, url and publisher, or write sources: []' }),
});

const option = z.strictObject({
  text: line('the option’s text'),
  correct: z.boolean({ error: 'say whether the option is correct: true or false' }),
  why: line('why: what makes this option right or wrong'),
});

const question = z
  .strictObject({
    id: slug,
    prompt: z.string({ error: 'give the question’s prompt' }).min(1, 'give the question’s prompt: it is empty'),
    kind: z.enum(['single', 'multiple'], { error: 'write kind: single or kind: multiple' }),
    options: z.array(option, { error: 'list the options' }).min(2, 'give at least two options'),
  })
  .refine(({ options }) => options.some(({ correct }) => correct), {
    path: ['options'],
    message: 'mark at least one option with correct: true',
  })
  .refine(({ kind, options }) => kind === 'multiple' || options.filter(({ correct }) => correct).length <= 1, {
    path: ['options'],
    message: 'keep one correct option, or write kind: multiple',
  });

/** `content/quizzes/<slug>.yaml`. */
export const quizSchema = z.strictObject({
  title: line('the quiz’s title'),
  questions: z
    .array(question, { error: 'list the questions' })
    .min(1, 'give at least one question')
    .refine((questions) => new Set(questions.map(({ id }) => id)).size === questions.length, {
      message: 'give each question an id of its own: one is used twice',
    }),
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

const file = z.object({ path: z.string(), text: z.string() });

/** What the site shows of an exercise. Solutions and the code of planted bugs never come this far. */
export const exerciseSchema = z.object({
  title: z.string(),
  summary: z.string(),
  kind: z.enum(['write-tests']),
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
});
