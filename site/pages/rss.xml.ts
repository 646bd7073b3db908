/** The feed of lessons, newest first. */
import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import { loadCourse } from '../content/course.ts';
import { staticPages } from '../layouts/static-pages.ts';

export const GET: APIRoute = async ({ site }) => {
  const { lessons } = await loadCourse();
  const newestFirst = lessons.toSorted(
    (a, b) => Number(b.data.published ?? 0) - Number(a.data.published ?? 0) || b.data.order - a.data.order,
  );
  return rss({
    title: 'Boundary: lessons on integration testing',
    description: staticPages['/lessons/'].description,
    site: site ?? '',
    customData: '<language>en</language>',
    items: newestFirst.map(({ id, data }) => ({
      title: data.title,
      description: data.summary,
      link: `/lessons/${id}/`,
      categories: [data.unit],
      ...(data.published ? { pubDate: data.published } : {}),
    })),
  });
};
