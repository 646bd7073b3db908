import { expect, test } from 'vitest';
import type { DockerComparison } from '../../runner/protocol.ts';
import { withDocker } from './docker-estimate.ts';

const measured: DockerComparison = {
  at: '2026-11-24T12:00:00.000Z',
  exercise: 'user-repository',
  variants: 10,
  rounds: 3,
  boundaryMs: 1000,
  dockerMs: 41_000,
  docker: 'Docker 20.10',
  image: 'postgres:16-alpine',
  vitest: '5.1.1',
  testcontainers: '12.2.0',
  node: 'v26.10.0',
  cores: 2,
  processor: 'any',
};
const timings = { queue: 500, boot: 0, database: 0, tests: 0, total: 1500 };

test('what Docker costs is added for each implementation that ran', () => {
  expect(withDocker(timings, 10, measured)).toBe(41_000);
  expect(withDocker(timings, 2, measured)).toBe(9000);
  expect(withDocker({ ...timings, total: 10_500 }, 10, measured)).toBe(50_000);
});

test('nothing is said where nothing ran, or where Docker was not slower', () => {
  expect(withDocker(timings, 0, measured)).toBeUndefined();
  expect(withDocker(timings, 10, { ...measured, dockerMs: 900 })).toBeUndefined();
});
