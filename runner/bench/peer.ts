/**
 * What a learner would do on their own machine: `vitest run` with Testcontainers and Docker, one variant after another; in
 * turn with the same variants graded here, so that other work on the machine weighs on both. What came out last is kept for
 * the runner to tell learners.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseConfig } from '../config.ts';
import { findDaemon } from '../engine/index.ts';
import type { DockerComparison } from '../protocol.ts';
import { BenchGrader, graded } from './bench-grader.ts';
import { benchImage, usualImage } from './bench-image.ts';
import { median, type Part } from './figures.ts';
import { machine } from './machine.ts';

const run = promisify(execFile);
const root = dirname(dirname(import.meta.dirname));
const kept = join(root, '.cache', 'bench', 'docker.json');
/** A round takes the better part of a minute. */
const mostRounds = 5;

/** With the image that is to be measured. */
const solution = Object.fromEntries(
  Object.entries(graded.solution).map(([path, text]) => [path, text.replaceAll(usualImage, benchImage)]),
);

export const peer: Part = async (rounds) => {
  const config = parseConfig(process.env);
  const { daemon, ...why } = await findDaemon({ ...config, dockerImages: ['postgres'] }, 'bench');
  if (!daemon) return { figures: [], remarks: [`Left out, for want of Docker. ${'reason' in why ? why.reason : ''}`] };
  await using grader = await BenchGrader.start('warm');
  const here: number[] = [];
  const one: number[] = [];
  const all: number[] = [];
  for (let round = 0; round < Math.min(rounds, mostRounds); round++) {
    here.push((await grader.verdict()).total);
    await grader.filled();
    const began = performance.now();
    for (const variant of graded.variants) {
      const before = performance.now();
      const passed = await passes({ ...variant.files, ...solution }, config.dockerSocket);
      one.push(performance.now() - before);
      const shouldPass = graded.references.some(({ id }) => id === variant.id);
      if (passed !== shouldPass) throw new Error(`On ${variant.id} the solution ${passed ? 'passed' : 'failed'}.`);
    }
    all.push(performance.now() - began);
  }
  keep({ boundaryMs: median(here), dockerMs: median(all), rounds: all.length, docker: daemon.version });
  return {
    figures: [
      { what: 'all variants, here, in turn with Docker', unit: 'ms', values: here },
      { what: 'all variants, Docker', unit: 'ms', values: all },
      { what: 'one variant, Docker', unit: 'ms', values: one },
      {
        what: 'Docker takes so many times as long',
        unit: 'times',
        values: all.map((ms, round) => ms / (here[round] ?? Number.NaN)),
        target: 'at least 25',
      },
    ],
    remarks: [`${graded.variants.length} variants, ${daemon.version}`],
  };
};

function keep(measured: Pick<DockerComparison, 'boundaryMs' | 'dockerMs' | 'rounds' | 'docker'>): void {
  const { node, cores, processor } = machine;
  const comparison: DockerComparison = {
    at: new Date().toISOString(),
    exercise: graded.slug,
    variants: graded.variants.length,
    ...measured,
    image: benchImage,
    vitest: versionOf('vitest'),
    testcontainers: versionOf('testcontainers'),
    node,
    cores,
    processor,
  };
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, `${JSON.stringify(comparison, null, 1)}\n`);
}

function versionOf(name: string): string {
  const manifest = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Whether the tests pass, run as on the command line. */
async function passes(files: Readonly<Record<string, string>>, socket: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-peer-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    // Without Ryuk, whose image is one more to have, and whose container would be one more to wait for.
    const env = { TESTCONTAINERS_RYUK_DISABLED: 'true', ...process.env, DOCKER_HOST: `unix://${socket}`, CI: 'true' };
    const { stdout, stderr, code } = await run(process.execPath, [vitest, 'run', '--globals', '--root', folder], {
      env: { ...env, NO_COLOR: '1' },
    }).then(
      (output) => ({ ...output, code: 0 }),
      (failure: { stdout: string; stderr: string; code: number }) => failure,
    );
    if (!/Tests /.test(stdout)) throw new Error(`vitest did not run: ${stdout}${stderr}`);
    return code === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
