/** Somebody else ends a sandbox: the kernel that is short of memory, an operator who mistook it. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadExercise } from '../../../exercises/format.ts';
import { parseConfig } from '../../config.ts';
import { startGrader } from '../../grading/grader.ts';
import { honestFiles, smallestOf, submit } from '../hostile/attempt.ts';
import { holdings, leftovers } from '../hostile/host.ts';

/** Processes of this one's sandboxes that stand nearest to it, by the command that they were started with. */
function sandboxes(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return Number(parent) === process.pid && stat.includes('(bwrap)');
      } catch {
        return false;
      }
    })
    .map(Number);
}

it('SIGKILL of a sandbox from outside: the run ends with a reason that says so, nothing is left, and the next one passes', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'boundary-killed-'));
  const root = dirname(dirname(dirname(import.meta.dirname)));
  const exercise = smallestOf(await loadExercise(join(root, 'exercises'), 'user-repository'));
  const [testFile = ''] = Object.keys(honestFiles(exercise));
  const ample = { VARIANT_WALL_MS: '120000', RUN_WALL_MS: '300000', CPU_SECONDS: '120', WARM_SANDBOXES: '0' };
  try {
    await using grader = await startGrader(parseConfig(ample), cache);
    const before = holdings();
    const endless = "test('waits', () => new Promise((done) => setTimeout(done, 100_000)), 110_000);";
    const source = `beforeAll(() => console.log('the first test begins'));\n${endless}`;
    const now = Date.now();
    const graded = grader.grade({
      runId: 'killed',
      attempt: 1,
      exercise,
      language: 'typescript',
      files: { [testFile]: source },
      acceptedAt: now,
      startedAt: now,
      signal: new AbortController().signal,
      emit: ({ type }) => {
        if (type === 'output') for (const pid of sandboxes()) process.kill(pid, 'SIGKILL');
      },
    });
    // What is the runner’s own is thrown, logged, and told to the learner as such.
    await expect(graded).rejects.toThrow(/ended from outside \(SIGKILL\).*not to blame/);
    expect(await leftovers(before)).toEqual([]);
    const { verdict: next } = await submit(grader, exercise, honestFiles(exercise));
    expect(next.outcome).toBe('passed');
  } finally {
    await rm(cache, { recursive: true });
  }
}, 300_000);
