/** Lays files beside the code in src/ and runs the tests there. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = import.meta.dirname;
const work = join(root, '.variant');

/** What variants.json has under this name. */
export function variants(...names) {
  const all = JSON.parse(readFileSync(join(root, 'variants', 'variants.json'), 'utf8'));
  return names.map((name) => all[name]);
}

/** Tells whether a variant was asked for by the command’s arguments. Ends the process where one asks for what is not there. */
export function asking(known) {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((id) => !known.some((variant) => variant.id === id));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}. There are: ${known.map(({ id }) => id).join(', ')}.`);
    process.exit(2);
  }
  return ({ id }) => wanted.length === 0 || wanted.includes(id);
}

/**
 * `layers` are folders below variants/, each laid over those before; `more` are options of Vitest. A test or hook that ran out
 * of time has shown nothing.
 */
export function run(layers, more = []) {
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
    ...more,
  ];
  const { stderr } = spawnSync(process.execPath, [vitest, ...options], { cwd: root, encoding: 'utf8' });
  const failures = readFailures(stderr);
  rmSync(work, { recursive: true, force: true });
  return {
    failed: failures.filter(({ late }) => !late),
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

/** One line, and below it the first test that failed. */
export function report(word, { id, title }, [first] = []) {
  const by = first ? `\n${' '.repeat(11)}by “${first.name.split('\n')[0]}”` : '';
  console.log(`${word.padEnd(10)} ${id}: ${title}${by}`);
}
