/**
 * node mutants.mjs [ID…]: runs the tests in src/ against every correct implementation, which they have to pass on, and then
 * against every planted bug, of which they should catch each. With ids, only those. Needs Docker, as npm test does.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = import.meta.dirname;
const work = join(root, '.variant');
const { references, mutants } = JSON.parse(readFileSync(join(root, 'variants', 'variants.json'), 'utf8'));
const wanted = process.argv.slice(2);
const asked = ({ id }) => wanted.length === 0 || wanted.includes(id);
const unknown = wanted.filter((id) => ![...references, ...mutants].some((variant) => variant.id === id));
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(', ')}. There are: ${[...references, ...mutants].map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}

let bad = 0;
for (const reference of references.filter(asked)) {
  const { failed, timedOut } = run([join('references', reference.id)]);
  const passes = failed.length === 0 && !timedOut;
  if (!passes) bad++;
  report(passes ? 'passes' : failed.length > 0 ? 'FAILS' : 'TIMED OUT', reference, failed);
}
if (bad > 0) {
  console.error('\nThe tests fail on correct code (or could not run: is Docker there?), so that no bug was planted.');
  process.exit(1);
}
for (const mutant of mutants.filter(asked)) {
  const { failed, timedOut } = run([join('references', mutant.base), join('mutants', mutant.id)]);
  const caught = failed.length > 0;
  if (!caught && mutant.core) bad++;
  report(caught ? 'caught' : timedOut ? 'TIMED OUT' : 'SURVIVED', mutant, failed);
}
process.exitCode = bad > 0 ? 1 : 0;

/** Lays the implementation beside the tests and runs them there. A test or hook that ran out of time has shown nothing. */
function run(layers) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  cpSync(join(root, 'src'), join(work, 'src'), { recursive: true });
  for (const layer of layers) cpSync(join(root, 'variants', layer), join(work, 'src'), { recursive: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const options = [
    'run',
    '--root',
    work,
    '--config',
    join(root, 'vitest.config.ts'),
    `--reporter=${join(root, 'failures-reporter.mjs')}`,
  ];
  const { stderr } = spawnSync(process.execPath, [vitest, ...options], { cwd: root, encoding: 'utf8' });
  const failures = readFailures(stderr);
  rmSync(work, { recursive: true, force: true });
  return {
    failed: failures.filter(({ late }) => !late).map(({ name }) => name),
    timedOut: failures.some(({ late }) => late),
  };
}

function readFailures(stderr) {
  try {
    return JSON.parse(readFileSync(join(work, 'failures.json'), 'utf8'));
  } catch {
    console.error(`Vitest wrote no report. Run npm install first. It said:\n${stderr}`);
    process.exit(1);
  }
}

function report(word, { id, title }, failed) {
  const by = failed.length > 0 ? `\n${' '.repeat(11)}by “${failed[0].split('\n')[0]}”` : '';
  console.log(`${word.padEnd(10)} ${id}: ${title}${by}`);
}
