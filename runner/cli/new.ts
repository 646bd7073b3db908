/**
 * `npm run new:lesson|new:quiz|new:exercise -- SLUG`: writes the files that an author starts from. They pass the checks as
 * they stand, so that whatever is red afterwards is the author's own. Nothing that exists is overwritten. An exercise may have
 * `--kind write-code` or `--kind mend-suite`; without it, it asks for tests.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { codeExerciseScaffold } from './scaffold/code-exercise.ts';
import { exerciseScaffold } from './scaffold/exercise.ts';
import { lessonScaffold, quizScaffold } from './scaffold/lesson.ts';
import { mendExerciseScaffold } from './scaffold/mend-exercise.ts';

const root = dirname(dirname(import.meta.dirname));
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { kind: { type: 'string', default: 'write-tests' } },
  allowPositionals: true,
});
const [kind = '', slug = ''] = positionals;
const exercises: Record<string, (slug: string) => Record<string, string>> = {
  'write-tests': exerciseScaffold,
  'write-code': codeExerciseScaffold,
  'mend-suite': mendExerciseScaffold,
};
const kinds: Record<string, () => Record<string, string>> = {
  lesson: () => lessonScaffold(slug, lastOrder() + 1),
  quiz: () => quizScaffold(slug),
  exercise: () => exercises[values.kind]?.(slug) ?? {},
};
const next: Record<string, string> = {
  lesson: 'Write it with npm run dev beside you; the site reloads as you save.',
  quiz: `Write “quiz: ${slug}” into the lesson’s frontmatter and <Quiz /> where it belongs in the text.`,
  exercise: `Prove it with npm run exercises:verify -- ${slug}, then make it yours, one file at a time.`,
};

const make = kinds[kind];
if (!Object.hasOwn(exercises, values.kind)) {
  console.error(`There is no kind ${values.kind} of exercise. Choose one of ${Object.keys(exercises).join(', ')}.`);
  process.exit(2);
}
if (!make || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug)) {
  console.error(
    `Usage: npm run new:${make ? kind : 'lesson|quiz|exercise'} -- SLUG, where SLUG is lower-case words joined by “-”, such as first-container.`,
  );
  process.exit(2);
}
const files = make();
const there = Object.keys(files).filter((path) => existsSync(join(root, path)));
if (there.length > 0) {
  console.error(`Nothing was written, because ${there[0]} exists. Choose another slug, or edit what is there.`);
  process.exit(1);
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`  ${path}`);
}
console.log(next[kind]);

/** The place of the course's last lesson. */
function lastOrder(): number {
  const folder = join(root, 'content', 'lessons');
  const orders = readdirSync(folder).map((file) =>
    Number(/^order: (\d+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? 0),
  );
  return Math.max(0, ...orders);
}
