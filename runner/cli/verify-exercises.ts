/**
 * Proves exercises: the starter does not pass, the solution does, twice in a row, since what passes by luck would teach luck.
 * With `--thorough`, five times, and each of the tests alone as well, so that none needs another one before it; and within a
 * run time. Prints a report and, last, the counts.
 */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadExercise, loadExercises } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import { startGrader } from '../grading/grader.ts';
import { verifyCode } from './verify-code.ts';
import { concluded, giveUp } from './verify-report.ts';
import { verifyTests } from './verify-tests.ts';

const root = dirname(dirname(import.meta.dirname));
const folder = join(root, 'exercises');
const { values, positionals: slugs } = parseArgs({
  args: process.argv.slice(2),
  options: { thorough: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rounds = values.thorough ? 5 : 2;

try {
  const exercises = await (slugs.length > 0
    ? Promise.all(slugs.map((slug) => loadExercise(folder, slug)))
    : loadExercises(folder));
  await using grader = await startGrader(parseConfig(process.env), join(root, '.cache', 'clusters'));
  if (!grader.readiness.ready) throw new Error(grader.readiness.notices.join('\n'));
  for (const exercise of exercises) {
    const verify = exercise.kind === 'write-code' ? verifyCode : verifyTests;
    await verify(exercise, grader, { rounds, thorough: values.thorough });
  }
} catch (error) {
  giveUp(error as Error);
}
process.exitCode = concluded() ? 0 : 1;
