import type pg from 'pg';

export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    -- #region seats
    create table bookings (
      id    integer generated always as identity primary key,
      name  text not null,
      seat  integer not null,
      constraint one_seat_each unique (seat) deferrable initially deferred
    );
    -- #endregion seats

    create function announce() returns trigger language plpgsql as $$
    begin
      perform pg_notify('booked', new.name);
      return null;
    end $$;
    create trigger announce after insert on bookings for each row execute function announce();

    create materialized view occupancy as select count(*)::int as taken from bookings;
  `);
}
