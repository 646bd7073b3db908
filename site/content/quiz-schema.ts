/** The shape of `content/quizzes/<slug>.yaml`: four kinds of question, each with an explanation for all that can be chosen. */
import { z } from 'zod';
import { line, slug } from './fields.ts';

const why = line('why: what makes this right or wrong');

const option = z.strictObject({
  text: line('the option’s text'),
  correct: z.boolean({ error: 'say whether the option is correct: true or false' }),
  why,
});

const options = z
  .array(option, { error: 'list the options' })
  .min(2, 'give at least two options')
  .refine((all) => all.some(({ correct }) => correct), 'mark at least one option with correct: true');

const common = {
  id: slug,
  prompt: z.string({ error: 'give the question’s prompt' }).min(1, 'give the question’s prompt: it is empty'),
};

const single = z.strictObject({
  ...common,
  kind: z.literal('single'),
  options: options.refine(hasOneCorrect, 'keep one correct option, or write kind: multiple'),
});

const multiple = z.strictObject({ ...common, kind: z.literal('multiple'), options });

const order = z.strictObject({
  ...common,
  kind: z.literal('order'),
  steps: z
    .array(z.strictObject({ text: line('the step’s text'), why: line('why: what makes this its place') }), {
      error: 'list the steps in their right order',
    })
    .min(3, 'give at least three steps: two are a coin toss')
    .refine((steps) => new Set(steps.map(({ text }) => text)).size === steps.length, 'word each step differently'),
});

const spot = z.strictObject({
  ...common,
  kind: z.literal('spot'),
  file: z
    .string({ error: 'give file: the tested file that the code comes from' })
    .regex(/^(content\/snippets|exercises)\//, 'name a file below content/snippets/ or exercises/: those are tested'),
  region: line('the region’s name').optional(),
  lines: z
    .array(
      z.strictObject({
        has: line('has: text that stands in this line of the code and in no other'),
        correct: z.boolean({ error: 'say whether the bug is in this line: true or false' }),
        why,
      }),
      { error: 'list the lines that can be chosen, each by a text that it alone has' },
    )
    .min(2, 'give at least two lines to choose from')
    .refine((lines) => lines.some(({ correct }) => correct), 'mark the line that has the bug with correct: true')
    .refine(hasOneCorrect, 'mark one line only with correct: true'),
});

const question = z.discriminatedUnion('kind', [single, multiple, order, spot], {
  error: 'write kind: single, multiple, order or spot',
});

/** `content/quizzes/<slug>.yaml`. */
export const quizSchema = z.strictObject({
  $schema: z.string().optional(),
  title: line('the quiz’s title'),
  questions: z
    .array(question, { error: 'list the questions' })
    .min(1, 'give at least one question')
    .refine(
      (questions) => new Set(questions.map(({ id }) => id)).size === questions.length,
      'give each question an id of its own: one is used twice',
    ),
});

export type Question = z.infer<typeof question>;

function hasOneCorrect(all: readonly { correct: boolean }[]): boolean {
  return all.filter(({ correct }) => correct).length <= 1;
}
