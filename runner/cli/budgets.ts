/**
 * `npm run budgets`: weighs every page of the built site, says which is the heaviest of its type, and looks for links
 * that lead nowhere. Its last line counts, for `npm test`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brokenLinks } from './broken-links.ts';
import { type PageWeight, pageWeight } from './page-weight.ts';

const root = join(import.meta.dirname, '..', '..', 'dist', 'site');
if (!existsSync(join(root, 'index.html'))) {
  console.error('There is no built site to weigh. Run npm run build, then this again.');
  process.exit(1);
}

/** In kB of 1,000 bytes. A page with an island is an application, and says so by being one. */
const limits = { all: 150, scripts: 6, lessonScripts: 20, islandAll: 400, islandScripts: 160 };

const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html'))
  .sort();
const weighed = pages.map((page) => ({ page, ...pageWeight(root, page) }));
const problems = [...weighed.flatMap(excess), ...brokenLinks(root, pages)];

console.log(`${'type'.padEnd(16)}${'pages'.padStart(6)}${'all kB'.padStart(9)}${'scripts kB'.padStart(12)}  heaviest`);
for (const [type, members] of Map.groupBy(weighed, ({ page }) => typeOf(page))) {
  const worst = members.reduce((a, b) => (b.all > a.all ? b : a));
  const scripts = Math.max(...members.map((member) => member.scripts));
  console.log(
    `${type.padEnd(16)}${String(members.length).padStart(6)}${kB(worst.all).padStart(9)}${kB(scripts).padStart(12)}  ${worst.page}`,
  );
}
for (const problem of problems) console.log(`FAIL ${problem}`);
console.log(`\n${pages.length} passed, ${problems.length} failed, 0 skipped`);
process.exitCode = problems.length === 0 ? 0 : 1;

function excess({ page, all, scripts, islands }: PageWeight & { page: string }): string[] {
  const most = islands ? limits.islandAll : limits.all;
  const mostScripts = islands
    ? limits.islandScripts
    : // The page of the design shows every component, and runs all of them.
      (/^(lessons|quizzes)\/./.test(page) && page !== 'lessons/index.html') || page === 'design/index.html'
      ? limits.lessonScripts
      : limits.scripts;
  return [
    ...(all > most * 1000 ? [`${page}: ${kB(all)} kB in all, and ${most} are allowed.`] : []),
    ...(scripts > mostScripts * 1000 ? [`${page}: ${kB(scripts)} kB of scripts, and ${mostScripts} are allowed.`] : []),
  ];
}

function typeOf(page: string): string {
  const [folder = '', ...rest] = page.split('/');
  return rest.length === 0 ? page : rest.length === 1 ? `${folder} index` : folder;
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
