import { isDone } from './progress.ts';

/** Fills the ports of lessons that are read, counts them in each unit, and leads on to the first that is not. */
export function showCourseMap(map: HTMLElement): void {
  const show = () => {
    for (const unit of map.querySelectorAll('section')) {
      const rows = [...unit.querySelectorAll<HTMLElement>('[data-lesson-row]')];
      const read = rows.filter(({ dataset }) => isDone('lesson', dataset.lessonRow ?? ''));
      for (const row of rows) {
        row.classList.toggle('done', read.includes(row));
        const words = row.querySelector<HTMLElement>('[data-read]');
        if (words) words.hidden = !read.includes(row);
      }
      const count = unit.querySelector('[data-unit-read]');
      if (count && read.length > 0) count.textContent = `${read.length} of ${rows.length} read`;
    }
  };
  addEventListener('storage', show);
  show();
}

/** Points a link that leads to the first lesson at the first one that has not been read. */
export function leadOn(link: HTMLAnchorElement): void {
  const lessons = JSON.parse(link.dataset.lessons ?? '[]') as { slug: string; title: string }[];
  const next = lessons.find(({ slug }) => !isDone('lesson', slug));
  if (next === undefined || next === lessons[0]) return;
  link.href = `/lessons/${next.slug}/`;
  link.textContent = `Go on with “${next.title}”`;
}
