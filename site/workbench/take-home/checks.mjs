/** node checks.mjs [ID…]: runs every check's tests against the code in src/. With ids, only those. Needs Docker. */
import { join } from 'node:path';
import { asking, report, run, variants } from './run-variant.mjs';

const [checks] = variants('checks');
let bad = 0;
for (const check of checks.filter(asking(checks))) {
  const { failed, timedOut } = run([join('checks', check.id)]);
  const passes = failed.length === 0 && !timedOut;
  if (!passes && check.core) bad++;
  report(passes ? 'passes' : failed.length > 0 ? 'FAILS' : 'TIMED OUT', check, failed);
  if (failed[0]?.message) console.log(failed[0].message.replace(/^/gm, ' '.repeat(11)));
}
process.exitCode = bad > 0 ? 1 : 0;
