/**
 * `npm run audit`: asks the registry which of the installed packages have known vulnerabilities, and fails where one that
 * is used in production has a high or critical one. Where no registry answers, it says so and fails nothing: a check that
 * cannot be made tells nothing about the packages. Its last line counts, for `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { z } from 'zod';

const root = dirname(dirname(import.meta.dirname));
/** A registry that answers at all takes about two seconds. */
const deadlineMs = 20_000;
const severities = ['critical', 'high', 'moderate', 'low'] as const;
type Severity = (typeof severities)[number];
const failing: readonly string[] = ['critical', 'high'];

const advisorySchema = z.object({ title: z.string(), url: z.string() });
const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      range: z.string(),
      // A name stands for a package that this one got it from.
      via: z.array(z.union([z.string(), advisorySchema])),
    }),
  ),
});

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], {
  cwd: root,
  encoding: 'utf8',
  timeout: deadlineMs,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const report = reportSchema.safeParse(parsed(stdout));
if (report.success) tell(report.data);
else {
  console.log(
    `SKIPPED   the packages were not audited: the registry gave no list of advisories. ${reasonOf(stdout)} Try again where registry.npmjs.org, or another registry that has them, can be reached.
0 passed, 0 failed, 1 skipped`,
  );
}

function tell({ vulnerabilities }: z.output<typeof reportSchema>): void {
  const found = Object.entries(vulnerabilities);
  for (const severity of severities) {
    for (const [name, { range, via }] of found.filter(([, one]) => one.severity === severity)) {
      const why = via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title} ${one.url}`));
      const mark = failing.includes(severity) ? 'FAILED    ' : '';
      console.log(`${mark}${severity} in ${name} ${range}: ${why.join('; ')}`);
    }
  }
  const count = (severity: Severity) => found.filter(([, one]) => one.severity === severity).length;
  console.log(
    `${severities.map((severity) => `${count(severity)} ${severity}`).join(', ')}, in packages of production.`,
  );
  const grave = found.filter(([, { severity }]) => failing.includes(severity)).length;
  if (grave > 0) console.log('Update what is named first: npm update, or raise the version in package.json.');
  console.log(`${grave === 0 ? 1 : 0} passed, ${grave} failed`);
  process.exitCode = grave === 0 ? 0 : 1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(text: string): string {
  const { data } = z.object({ message: z.string() }).safeParse(parsed(text));
  return data === undefined ? 'npm said nothing of why.' : `npm says: ${data.message}.`;
}
