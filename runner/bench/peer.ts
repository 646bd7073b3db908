/** What a learner would do on their own machine: `vitest run` with Testcontainers and Docker, one variant after another. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadExercise } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import { findDaemon } from '../engine/index.ts';
import type { Part } from './figures.ts';

const root = dirname(dirname(import.meta.dirname));

export const peer: Part = async (rounds) => {
  const config = parseConfig(process.env);
  const { daemon, ...why } = await findDaemon(config.dockerSocket, ['postgres'], 'bench');
  if (!daemon) return { figures: [], remarks: [`Left out, for want of Docker. ${'reason' in why ? why.reason : ''}`] };
  const { references, mutants, solution } = (await loadExercise(join(root, 'exercises'), 'user-repository')).languages
    .typescript;
  const one: number[] = [];
  const all: number[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const began = performance.now();
    for (const variant of [...references, ...mutants]) {
      const before = performance.now();
      const passed = runVitest({ ...variant.files, ...solution }, config.dockerSocket);
      one.push(performance.now() - before);
      const shouldPass = references.some(({ id }) => id === variant.id);
      if (passed !== shouldPass) throw new Error(`On ${variant.id} the solution ${passed ? 'passed' : 'failed'}.`);
    }
    all.push(performance.now() - began);
  }
  return {
    figures: [
      { what: 'one variant, Docker', unit: 'ms', values: one },
      { what: 'all variants, Docker', unit: 'ms', values: all },
    ],
    remarks: [`Docker ${daemon.version}`],
  };
};

/** Whether the tests passed. */
function runVitest(files: Readonly<Record<string, string>>, socket: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-peer-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const env = { ...process.env, DOCKER_HOST: `unix://${socket}`, CI: 'true' };
    const result = spawnSync(process.execPath, [vitest, 'run', '--globals', '--root', folder], {
      env,
      encoding: 'utf8',
    });
    if (!/Tests /.test(result.stdout)) throw new Error(`vitest did not run: ${result.stdout}${result.stderr}`);
    return result.status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
