import { checkLinks } from './check-links.ts';

/** What of each entry the checks look at. `body` is the source of prose, where there is any. */
export type CourseEntries = {
  lessons: readonly Entry<{ exercise?: string | undefined; misconceptions: string[]; quiz?: string | undefined }>[];
  misconceptions: readonly Entry<{ lessons: string[] }>[];
  exercises: readonly Entry<{
    lesson: string;
    misconceptions: string[];
    mutants: { id: string; misconception?: string | undefined }[];
    checks: { id: string; misconception?: string | undefined }[];
  }>[];
  quizzes: readonly Entry<unknown>[];
  docs: readonly Entry<unknown>[];
  /** Each has the slug of the misconception that it disproves. */
  proofs: readonly Entry<unknown>[];
};
type Entry<T> = { id: string; data: T; body?: string | undefined };

/** Says what is wrong between the entries of the course, one sentence each that names the file and the mend. */
export function checkCourse(course: CourseEntries): string[] {
  const problems: string[] = [];
  const names = (entries: readonly Entry<unknown>[]) => new Set(entries.map(({ id }) => id));
  const lessons = names(course.lessons);
  const misconceptions = names(course.misconceptions);
  const exercises = names(course.exercises);
  const quizzes = names(course.quizzes);
  const docs = names(course.docs);
  const checkText = (where: string, body: string | undefined) =>
    problems.push(
      ...checkFences(where, body),
      ...checkLinks(where, body, { lessons, misconceptions, exercises, docs }),
    );

  const expect = (known: Set<string>, slug: string | undefined, where: string, field: string, folder: string) => {
    if (slug === undefined || known.has(slug)) return;
    const choice = known.size > 0 ? `use one of ${[...known].sort().join(', ')}` : `there is nothing in ${folder} yet`;
    problems.push(
      `${where}: ${field} names “${slug}”, which is not in ${folder}. Correct the slug (${choice}) or add it.`,
    );
  };

  for (const { id, data, body } of course.lessons) {
    const where = `content/lessons/${id}.mdx`;
    expect(exercises, data.exercise, where, 'exercise', 'exercises/');
    expect(quizzes, data.quiz, where, 'quiz', 'content/quizzes/');
    for (const slug of data.misconceptions)
      expect(misconceptions, slug, where, 'misconceptions', 'content/misconceptions/');
    checkText(where, body);
    if (data.quiz !== undefined && !/<Quiz\b/.test(body ?? '')) {
      problems.push(
        `${where}: the quiz “${data.quiz}” is named and never shown. Put <Quiz /> where it belongs in the text.`,
      );
    }
  }
  const shown = new Set([...course.lessons.map(({ data }) => data.quiz), finalQuiz]);
  for (const id of quizzes) {
    if (shown.has(id)) continue;
    problems.push(
      `content/quizzes/${id}.yaml: no lesson shows this quiz. Write “quiz: ${id}” into a lesson’s frontmatter, or rename the file.`,
    );
  }
  for (const { id, data, body } of course.misconceptions) {
    const where = `content/misconceptions/${id}.mdx`;
    for (const slug of data.lessons) expect(lessons, slug, where, 'lessons', 'content/lessons/');
    checkText(where, body);
  }
  const proofs = names(course.proofs);
  for (const id of misconceptions.difference(proofs)) {
    problems.push(
      `content/misconceptions/${id}.mdx: nothing proves it. Add content/proofs/${id}/ with proof.json and experiment.test.ts.`,
    );
  }
  for (const id of proofs.difference(misconceptions)) {
    problems.push(
      `content/proofs/${id}: there is no content/misconceptions/${id}.mdx that shows it. Add the page or rename the folder.`,
    );
  }
  for (const { id, data } of course.exercises) {
    const where = `exercises/${id}/exercise.json`;
    expect(lessons, data.lesson, where, 'lesson', 'content/lessons/');
    for (const slug of data.misconceptions)
      expect(misconceptions, slug, where, 'misconceptions', 'content/misconceptions/');
    for (const mutant of data.mutants) {
      const file = `exercises/${id}/typescript/mutants/${mutant.id}/mutant.json`;
      expect(misconceptions, mutant.misconception, file, 'misconception', 'content/misconceptions/');
    }
    for (const check of data.checks) {
      const file = `exercises/${id}/typescript/checks/${check.id}/check.json`;
      expect(misconceptions, check.misconception, file, 'misconception', 'content/misconceptions/');
    }
  }
  for (const { id, body } of course.docs) checkText(`content/docs/${id}.md`, body);
  return problems;
}

/** The quiz that has a page of its own. */
const finalQuiz = 'final';

const TESTED_LANGUAGES = /^(ts|tsx|typescript|js|javascript|mts|py|python|go|golang)$/i;

/** Finds fenced code in a language that the course tests: such code has to come out of a file that the tests ran. */
export function checkFences(where: string, body: string | undefined): string[] {
  const problems: string[] = [];
  let open: string | null = null;
  for (const [index, line] of (body ?? '').split('\n').entries()) {
    const [, fence, language = ''] = /^\s*(`{3,}|~{3,})\s*([\w-]*)/.exec(line) ?? [];
    if (!fence) continue;
    if (open !== null) {
      if (fence.startsWith(open)) open = null;
      continue;
    }
    open = fence;
    if (TESTED_LANGUAGES.test(language)) {
      problems.push(
        `${where}: a “${language}” code block starts on line ${index + 1} of the text below the frontmatter. Code in lessons must come from ` +
          'a file that the tests ran: move it to content/snippets/ and show it with <Snippet file="…" region="…" />.',
      );
    }
  }
  return problems;
}
