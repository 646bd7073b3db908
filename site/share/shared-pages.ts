import { loadCourse } from '../content/course.ts';
import { staticPages } from '../layouts/static-pages.ts';
import type { ShareImage } from './share-format.ts';

/** Every page that has a picture of its own, by its path without the slashes around it; the start page is `index`. */
export async function sharedPages(): Promise<{ path: string; image: ShareImage }[]> {
  const { lessons, exercises, misconceptions, docs } = await loadCourse();
  const page = (path: string, kind: string, title: string, description: string) => ({
    path,
    image: { kind, title, description },
  });
  return [
    ...Object.entries(staticPages).map(([path, { title, description }]) =>
      path === '/'
        ? page('index', 'Integration testing', 'Test the code that talks to something real.', description)
        : page(path.slice(1, -1), 'Integration testing', title, description),
    ),
    ...lessons.map(({ id, data }) => page(`lessons/${id}`, `Lesson · ${data.minutes} min`, data.title, data.summary)),
    ...exercises.map(({ id, data }) => page(`exercises/${id}`, `Exercise · ${data.level}`, data.title, data.summary)),
    ...misconceptions.map(({ id, data }) => page(`misconceptions/${id}`, 'Misconception', data.title, data.truth)),
    ...docs.map(({ id, data }) => page(`docs/${id}`, 'Documentation', data.title, data.summary)),
  ];
}
