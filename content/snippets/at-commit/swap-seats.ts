import type pg from 'pg';

type Queryable = Pick<pg.ClientBase, 'query'>;

// #region swap
/** Gives each of two people the seat of the other. */
export async function swapSeats(tx: Queryable, one: string, other: string): Promise<void> {
  const seatOf = async (name: string) => {
    const { rows } = await tx.query('select seat from bookings where name = $1', [name]);
    return rows[0].seat;
  };
  await tx.query('update bookings set seat = $1 where name = $2', [await seatOf(other), one]);
  await tx.query('update bookings set seat = $1 where name = $2', [await seatOf(one), other]);
}
// #endregion swap

// #region mended
export async function exchangeSeats(tx: Queryable, one: string, other: string): Promise<void> {
  await tx.query(
    `update bookings mine set seat = theirs.seat from bookings theirs
     where (mine.name, theirs.name) in (($1, $2), ($2, $1))`,
    [one, other],
  );
}
// #endregion mended
