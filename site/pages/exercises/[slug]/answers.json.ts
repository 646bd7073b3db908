import type { APIRoute, GetStaticPaths } from 'astro';
import { type ExerciseEntry, loadCourse } from '../../../content/course.ts';
import type { Answers } from '../../../workbench/answers.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const { exercises } = await loadCourse();
  return exercises.map((exercise) => ({ params: { slug: exercise.id }, props: { exercise } }));
};

/** Apart from the page, so that nobody meets a solution without asking for it. */
export const GET: APIRoute<{ exercise: ExerciseEntry }> = ({ props }) => {
  const answers: Answers = props.exercise.data.answers;
  return new Response(JSON.stringify(answers), { headers: { 'content-type': 'application/json' } });
};
