import type pg from 'pg';

/** Creates what the ledger needs. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists entries (
      id integer generated always as identity primary key
    );
    create table if not exists lines (
      entry   integer not null references entries,
      account text not null,
      cents   integer not null
    );
    create materialized view if not exists totals as
      select account, sum(cents)::integer as cents from lines group by account;

    create or replace function check_entry() returns trigger language plpgsql as $$
    begin
      if exists (select from lines where entry in (new.entry, old.entry) group by entry having sum(cents) <> 0) then
        raise exception 'an entry does not add up to zero' using errcode = 'check_violation';
      end if;
      return null;
    end $$;
    drop trigger if exists entry_adds_up on lines;
    create constraint trigger entry_adds_up after insert or update or delete on lines
      deferrable initially immediate for each row execute function check_entry();
  `);
}
