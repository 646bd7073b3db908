/** How much there is of what, counted from the content itself; `npm run counts` prints it. */
import { loadCourse } from '../content/course.ts';

export async function GET(): Promise<Response> {
  const { exercises, lessons, misconceptions, proofs, quizzes } = await loadCourse();
  const questions = quizzes.flatMap(({ data }) => data.questions);
  return Response.json({
    lessons: lessons.length,
    questions: questions.length,
    questionsByKind: Object.fromEntries(
      [...Map.groupBy(questions, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
    ),
    misconceptions: misconceptions.length,
    proofs: proofs.length,
    exercises: exercises.length,
    exercisesByKind: Object.fromEntries(
      [...Map.groupBy(exercises, ({ data }) => data.kind)].map(([kind, all]) => [kind, all.length]),
    ),
    mutants: exercises.flatMap(({ data }) => data.mutants).length,
    checks: exercises.flatMap(({ data }) => data.checks).length,
  });
}
