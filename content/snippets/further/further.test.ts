import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shares } from './shares';
import { MemoryTags, PostgresTags, type Tags } from './tags';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query('create table tags (tag text collate "C" primary key)');
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region unit
it('loses no cent, whatever the amount and however many people', () => {
  for (const cents of [0, 1, 99, 100, 101, 12_345]) {
    for (const people of [1, 2, 3, 7]) {
      const parts = shares(cents, people);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(cents);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
    }
  }
});
// #endregion unit

// #region both
describe.each<{ name: string; open: () => Tags }>([
  { name: 'PostgreSQL', open: () => new PostgresTags(pool) },
  { name: 'memory', open: () => new MemoryTags() },
])('tags in $name', ({ open }) => {
  it('knows what was added, in order, and takes nothing twice', async () => {
    const tags = open();

    expect(await tags.add('blue')).toBe('added');
    expect(await tags.add('Blau')).toBe('added');
    expect(await tags.add('black_white')).toBe('added');
    expect(await tags.add('blackboard')).toBe('added');
    expect(await tags.add('bl🫐')).toBe('added');
    expect(await tags.add('blｕｅ')).toBe('added');
    expect(await tags.add('blue')).toBe('taken');

    expect(await tags.startingWith('bl')).toEqual(['black_white', 'blackboard', 'blue', 'blｕｅ', 'bl🫐']); // by bytes
    expect(await tags.startingWith('black_')).toEqual(['black_white']); // “_” is a letter, not a pattern
  });
});
// #endregion both
