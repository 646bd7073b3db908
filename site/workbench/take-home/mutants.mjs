/**
 * node mutants.mjs [ID…]: runs the tests in src/ against every correct implementation, which they have to pass on, and then
 * against every planted bug, of which they should catch each. With ids, only those. Needs Docker, as npm test does.
 */
import { join } from 'node:path';
import { asking, report, run, variants } from './run-variant.mjs';

const [references, mutants] = variants('references', 'mutants');
const asked = asking([...references, ...mutants]);

let bad = 0;
for (const reference of references.filter(asked)) {
  const { failed, timedOut } = runUnder(reference.conditions, [join('references', reference.id)]);
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

/** As often as the conditions say, in an order of chance or all at once, up to the first failure. */
function runUnder({ shuffled = false, atOnce = false, times = 1 } = {}, layers) {
  for (let seed = 1; ; seed++) {
    const options = [
      ...(shuffled ? ['--sequence.shuffle.tests', `--sequence.seed=${seed}`] : []),
      ...(atOnce ? ['--sequence.concurrent'] : []),
    ];
    const result = run(layers, options);
    if (seed >= times || result.failed.length > 0 || result.timedOut) return result;
  }
}
