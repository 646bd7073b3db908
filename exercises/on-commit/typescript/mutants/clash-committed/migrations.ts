import type pg from 'pg';

/** Creates what playlists need. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists tracks (
      id       integer generated always as identity primary key,
      playlist text not null,
      position integer not null,
      title    text not null
    )
  `);
}
