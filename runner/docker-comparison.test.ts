import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDockerComparison } from './docker-comparison.ts';
import type { DockerComparison } from './protocol.ts';

test('reads what the benchmark left, and nothing from where it left nothing or something else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-comparison-'));
  try {
    const file = join(folder, 'docker.json');
    expect(readDockerComparison(file)).toBeUndefined();
    const measured: DockerComparison = {
      at: '2026-11-24T12:00:00.000Z',
      exercise: 'user-repository',
      variants: 11,
      rounds: 3,
      boundaryMs: 1000,
      dockerMs: 40_000,
      docker: 'Docker 20.10',
      image: 'postgres:16-alpine',
      vitest: '5.1.1',
      testcontainers: '12.2.0',
      node: 'v26.10.0',
      cores: 2,
      processor: 'any',
    };
    writeFileSync(file, JSON.stringify(measured));
    expect(readDockerComparison(file)).toEqual(measured);
    writeFileSync(file, JSON.stringify({ ...measured, dockerMs: -1 }));
    expect(readDockerComparison(file)).toBeUndefined();
    writeFileSync(file, '{"at":');
    expect(readDockerComparison(file)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
