import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExerciseDefinition, loadExercise } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import { scopeLabel } from '../engine/index.ts';
import { startGrader } from '../grading/grader.ts';
import type { EventBody, Verdict } from '../protocol.ts';
import { findTestDaemon } from './conformance/open-gateway.ts';
import { smallestOf } from './hostile/attempt.ts';

const root = dirname(dirname(import.meta.dirname));
const file = 'user-repository.test.ts';
const daemon = await findTestDaemon();
/** A name that no sandbox has an image for; it stands for the daemon's PostgreSQL while this test runs. */
const elsewhere = { repo: `boundary-test/${process.pid}`, tag: '1' };
const reference = `${elsewhere.repo}:${elsewhere.tag}`;

describe.skipIf(daemon === undefined)(
  'submissions on Docker, if a daemon has postgres:16-alpine: pull it, or sudo runner/test/docker-image/make.sh',
  () => {
    if (!daemon) return;
    const { client } = daemon;
    let cache: string;
    let exercise: ExerciseDefinition;

    beforeAll(async () => {
      cache = await mkdtemp(join(tmpdir(), 'boundary-docker-'));
      exercise = smallestOf(await loadExercise(join(root, 'exercises'), 'user-repository'));
      await client.getImage('postgres:16-alpine').tag(elsewhere);
    });

    afterAll(async () => {
      await client.getImage(reference).remove();
      await rm(cache, { recursive: true });
    });

    /** Grades a submission with an engine of its own; a busy machine may take its time. */
    async function graded(engine: string, source: string): Promise<{ verdict: Verdict; events: EventBody[] }> {
      const limits = { WARM_SANDBOXES: '0', VARIANT_WALL_MS: '120000', RUN_WALL_MS: '240000' };
      const settings = { ...process.env, ...limits, ENGINE: engine, DOCKER_IMAGES: `postgres,${elsewhere.repo}` };
      await using grader = await startGrader(parseConfig(settings), cache);
      const events: EventBody[] = [];
      const now = Date.now();
      const verdict = await grader.grade({
        runId: engine,
        attempt: 1,
        exercise,
        language: 'typescript',
        files: { [file]: source },
        acceptedAt: now,
        startedAt: now,
        signal: new AbortController().signal,
        emit: (event) => events.push(event),
      });
      return { verdict, events };
    }

    test('with ENGINE=auto, an image that sandboxes have not is Docker’s, and PostgreSQL a sandbox’s', async () => {
      const { verdict } = await graded(
        'auto',
        `
        import { PostgreSqlContainer } from '@testcontainers/postgresql';
        import { GenericContainer, Wait } from 'testcontainers';
        import { expect, test } from 'vitest';
        test('both engines are one', async () => {
          const other = await new GenericContainer('${reference}')
            .withEnvironment({ POSTGRES_PASSWORD: 'x' })
            .withExposedPorts(5432)
            .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/))
            .start();
          const own = await new PostgreSqlContainer('postgres:16-alpine').start();
          const inDocker = async (container) => (await container.exec(['test', '-e', '/.dockerenv'])).exitCode === 0;
          expect([await inDocker(other), await inDocker(own)]).toEqual([true, false]);
          await Promise.all([other.stop(), own.stop()]);
        }, 100_000);`,
      );
      expect(verdict.references[0], JSON.stringify(verdict)).toMatchObject({ outcome: 'passed' });
    }, 300_000);

    test('with ENGINE=docker, a solution passes, its statements are traced, and nothing stays in the daemon', async () => {
      const solution = join(root, 'exercises', 'user-repository', 'typescript', 'solution', file);
      const { verdict, events } = await graded('docker', await readFile(solution, 'utf8'));
      expect(verdict, JSON.stringify(verdict)).toMatchObject({ outcome: 'passed' });
      const traced = events.flatMap((event) => (event.type === 'trace' ? event.entries : []));
      const tags = new Set(traced.flatMap((entry) => (entry.kind === 'statement' ? [entry.tag] : [])));
      expect([...tags]).toEqual(expect.arrayContaining(['CREATE TABLE', 'INSERT 0 1', 'SELECT 1']));
      const own = events.flatMap((event) => (event.type === 'container' ? [event.container] : []));
      const left = await client.listContainers({ all: true, filters: { label: [scopeLabel] } });
      expect(left.filter(({ Id }) => own.includes(Id.slice(0, 12)))).toEqual([]);
    }, 300_000);
  },
);
