import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';

// #region migrate
/** Migrates the schema. Of several instances that start at once, one does it and the others wait. */
async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock(1)');
    await client.query('create table if not exists reports (id integer primary key, title text not null)');
  } finally {
    client.release(true); // ends the session, and with it the lock
  }
}
// #endregion migrate

// #region service
/** Listens at once, and answers 503 until its schema is there. */
export async function startReports(pool: pg.Pool) {
  let ready = false;
  const migrated = migrate(pool).then(() => {
    ready = true;
  });
  const server = createServer(async (request, response) => {
    if (!ready) return response.writeHead(503).end('migrating');
    if (request.url === '/health') return response.writeHead(200).end('ok');
    const { rows } = await pool.query('select id, title from reports order by id');
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      await migrated;
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
// #endregion service
