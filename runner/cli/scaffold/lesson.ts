/** A lesson with its quiz and one tested snippet, by path. What an author has to write stands in capitals. */
export function lessonScaffold(slug: string, order: number): Record<string, string> {
  return {
    [`content/lessons/${slug}.mdx`]: `---
title: TITLE OF THE LESSON
summary: ONE SENTENCE ON WHAT IT SETTLES.
unit: Boundaries
order: ${order}
minutes: 12
goals:
  - Say what a reader can do afterwards, beginning with a verb.
takeaways:
  - What should be left a month later.
quiz: ${slug}
misconceptions: []
sources: []
---

BEGIN WITH A FAILURE that the reader could have shipped, and show the code that let it happen.

<Snippet file="content/snippets/${slug}/example.test.ts" region="example" caption="WHAT TO LOOK AT." />

## A first step

WHY, then how. Short sentences.

<Quiz />
`,
    [`content/snippets/${slug}/example.test.ts`]: `import { expect, it } from 'vitest';

// #region example
it('is run by the project’s tests, as every piece of code on the site is', () => {
  expect(1 + 1).toBe(2);
});
// #endregion example
`,
    ...quizScaffold(slug),
  };
}

/** A quiz with one question of each kind that needs no code, by path. */
export function quizScaffold(slug: string): Record<string, string> {
  return {
    [`content/quizzes/${slug}.yaml`]: `# yaml-language-server: $schema=../schemas/quiz.schema.json
title: TITLE OF THE QUIZ
questions:
  - id: a-decision
    prompt: ASK FOR A DECISION rather than a definition.
    kind: single
    options:
      - text: What somebody really believes
        correct: false
        why: Take the belief seriously and say where it leads.
      - text: What is so
        correct: true
        why: Explain the right option too.

  - id: an-order
    prompt: PUT WHAT HAPPENS IN ORDER.
    kind: order
    steps:
      - text: First
        why: What comes after needs it.
      - text: Second
        why: It needs what came before.
      - text: Third
        why: Nothing is left to do after it.
`,
  };
}
