/** What a learner did before: their runs of one exercise, and the files of each. */
import type { CheckResult, MutantResult, Outcome, RunState, RunSummary } from '../protocol.ts';
import { keyHash, type Requester } from './runs.ts';
import type { Queryable } from './transaction.ts';

/** The learner's runs of an exercise, the newest first, at most `limit`. */
export async function listRuns(
  db: Queryable,
  learnerId: string,
  exercise: string,
  limit: number,
): Promise<RunSummary[]> {
  const { rows } = await db.query<{
    id: string;
    acceptedAt: Date;
    state: RunState;
    outcome: Outcome | null;
    only: string | null;
    mutants: MutantResult[] | null;
    checks: CheckResult[] | null;
  }>(
    `select id, accepted_at as "acceptedAt", state, outcome, only_test as only,
            verdict -> 'mutants' as mutants, verdict -> 'checks' as checks
       from boundary.runs where learner_id = $1 and exercise = $2 order by accepted_at desc limit $3`,
    [learnerId, exercise, limit],
  );
  return rows.map(({ acceptedAt, mutants, checks, ...row }) => ({
    ...row,
    acceptedAt: acceptedAt.toISOString(),
    caught: mutants === null ? null : mutants.filter(({ outcome }) => outcome === 'killed').length,
    bugs: mutants?.length ?? null,
    checksPassed: mutants === null ? null : (checks ?? []).filter(({ outcome }) => outcome === 'passed').length,
    checks: mutants === null ? null : (checks ?? []).length,
  }));
}

/** The files that a run was submitted with, if it exists and belongs to the requester. */
export async function findFiles(
  db: Queryable,
  id: string,
  { learnerId, key }: Requester,
): Promise<Record<string, string> | undefined> {
  const { rows } = await db.query<{ files: Record<string, string> }>(
    'select files from boundary.runs where id = $1 and (learner_id = $2 or key_hash = $3)',
    [id, learnerId ?? null, key === undefined ? null : keyHash(key)],
  );
  return rows[0]?.files;
}
