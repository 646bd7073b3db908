/** `npm run counts`: how much there is of what in the course, from the built site, which is built first if it is stale. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildIfStale } from './build-site.ts';

await buildIfStale();
const path = join(dirname(dirname(import.meta.dirname)), 'dist', 'site', 'course.json');
for (const [name, count] of Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)) {
  console.log(`${name.padEnd(18)}${typeof count === 'number' ? count : JSON.stringify(count)}`);
}
