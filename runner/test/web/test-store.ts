import type pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../store/embedded.ts';
import { migrate } from '../../store/migrate.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openTestPool } from './test-pool.ts';

type TestStore = AsyncDisposable & Pick<EmbeddedPostgres, 'connection'> & { readonly pool: pg.Pool };

/** A store of a test file's own, migrated and empty. It is gone when it is disposed of. */
export async function openTestStore(): Promise<TestStore> {
  const folder = temporaryFolder();
  const server = await startEmbeddedPostgres(folder.path);
  const pool = openTestPool(server.connection);
  await migrate(pool);
  return {
    connection: server.connection,
    pool,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
