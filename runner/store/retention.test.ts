import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../test/web/temporary-folder.ts';
import { openTestPool } from '../test/web/test-pool.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { migrate } from './migrate.ts';
import { forgetOld } from './retention.ts';

it('forgets what ended, or was last touched, longer ago than is wanted, and nothing else', async () => {
  using folder = temporaryFolder();
  await using postgres = await startEmbeddedPostgres(folder.path);
  const pool = openTestPool(postgres.connection);
  try {
    await migrate(pool);
    await pool.query(
      `insert into boundary.runs (id, learner_id, key_hash, share, exercise, language, files, priority, state, outcome, accepted_at, finished_at)
       select gen_random_uuid(), gen_random_uuid(), '', 'x', name, 'typescript', '{}', 0, state,
              case when state = 'finished' then 'passed' end, now() - age, case when state = 'finished' then now() - age end
         from (values ('old', 'finished', interval '31 days'), ('young', 'finished', interval '29 days'),
                      ('waiting', 'queued', interval '90 days')) as run (name, state, age),
              generate_series(1, 501)`,
    );
    await pool.query(`insert into boundary.events (run_id, seq, body) select id, 1, '{}' from boundary.runs`);
    const [left, here] = [randomUUID(), randomUUID()];
    await pool.query(
      `insert into boundary.progress (learner_id, key, changed_at)
       values ($1, 'read:a', now() - interval '50 days'), ($1, 'read:b', now() - interval '41 days'),
              ($2, 'read:a', now() - interval '300 days'), ($2, 'read:b', now())`,
      [left, here],
    );

    expect(await forgetOld(pool, { keepRunsDays: 0, keepProgressDays: 0 })).toEqual({ runs: 0, learners: 0 });
    expect(await forgetOld(pool, { keepRunsDays: 30, keepProgressDays: 40 })).toEqual({ runs: 501, learners: 1 });
    expect(await forgetOld(pool, { keepRunsDays: 30, keepProgressDays: 40 })).toEqual({ runs: 0, learners: 0 });
    const { rows: runs } = await pool.query(
      `select exercise, count(*)::int as runs, count(body)::int as events
         from boundary.runs left join boundary.events on run_id = id group by exercise order by exercise`,
    );
    expect(runs).toEqual([
      { exercise: 'waiting', runs: 501, events: 501 },
      { exercise: 'young', runs: 501, events: 501 },
    ]);
    const { rows: progress } = await pool.query('select distinct learner_id as id from boundary.progress');
    expect(progress).toEqual([{ id: here }]);
  } finally {
    await pool.end();
  }
}, 120_000);
