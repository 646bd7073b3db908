import type pg from 'pg';

/** Creates what playlists need: the database itself tells of changes. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists tracks (
      playlist text not null,
      position integer not null,
      title    text not null,
      added_at timestamptz not null default now(),
      unique (playlist, position) deferrable initially deferred
    );
    create or replace function tell_of_playlist() returns trigger language plpgsql as $$
      begin
        perform pg_notify('playlist', new.playlist);
        return null;
      end
    $$;
    -- However many rows a transaction changes: what is notified twice in one transaction is delivered once.
    create or replace trigger tell after insert or update on tracks for each row execute function tell_of_playlist();
  `);
}
