import { type CollectionEntry, getCollection } from 'astro:content';
import { checkCourse } from './check-course.ts';

export type Lesson = CollectionEntry<'lessons'>;
export type ExerciseEntry = CollectionEntry<'exercises'>;
export type Misconception = CollectionEntry<'misconceptions'>;
export type Doc = CollectionEntry<'docs'>;

export type Course = {
  lessons: Lesson[];
  exercises: ExerciseEntry[];
  misconceptions: Misconception[];
  quizzes: CollectionEntry<'quizzes'>[];
  docs: Doc[];
  proofs: CollectionEntry<'proofs'>[];
};

let built: Promise<Course> | undefined;

/** The whole course in its order. Throws with every broken reference in it, each naming its file and mend. */
export function loadCourse(): Promise<Course> {
  // Every page asks; in a build nothing changes meanwhile.
  if (import.meta.env.DEV) return readCourse();
  built ??= readCourse();
  return built;
}

async function readCourse(): Promise<Course> {
  const [lessons, exercises, misconceptions, quizzes, docs, proofs] = await Promise.all([
    getCollection('lessons'),
    getCollection('exercises'),
    getCollection('misconceptions'),
    getCollection('quizzes'),
    getCollection('docs'),
    getCollection('proofs'),
  ]);
  const course = {
    lessons: lessons.sort((a, b) => a.data.order - b.data.order),
    exercises: exercises.sort((a, b) => a.id.localeCompare(b.id)),
    misconceptions: misconceptions.sort((a, b) => a.id.localeCompare(b.id)),
    quizzes,
    proofs,
    docs: docs.sort((a, b) => a.data.order - b.data.order),
  };
  const problems = checkCourse(course);
  if (problems.length > 0) throw new Error(`The course does not hold together:\n- ${problems.join('\n- ')}`);
  return course;
}
