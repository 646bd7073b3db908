import type pg from 'pg';
import { type Isolation, inTransaction, retrying } from './in-transaction';

export class LastOwner extends Error {}

// #region leave
export function leaveTeam(pool: pg.Pool, team: string, name: string, isolation: Isolation): Promise<void> {
  const attempt = () =>
    inTransaction(
      pool,
      async (tx) => {
        const { rows } = await tx.query(
          "select count(*)::int as owners from members where team = $1 and role = 'owner'",
          [team],
        );
        if (rows[0].owners < 2) throw new LastOwner();
        await tx.query('delete from members where team = $1 and name = $2', [team, name]);
      },
      isolation,
    );
  return retrying(attempt);
}
// #endregion leave
