import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';

type Answer = { status: number; body: unknown };

const problem = (status: number, field: string, message: string): Answer => ({ status, body: { field, message } });

/** Listens on a free port of the loopback. */
export async function createApp({ databaseUrl }: { databaseUrl: string }) {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(pool, request).catch(() => ({ status: 500, body: { message: 'We broke.' } }));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

async function answer(pool: pg.Pool, request: IncomingMessage): Promise<Answer> {
  if (request.method === 'POST' && request.url === '/users') return signUp(pool, await text(request));
  const [, id] = /^\/users\/(\d{1,9}|[12]\d{9})$/.exec(request.url ?? '') ?? [];
  const { rows } = id ? await pool.query('select * from users where id = $1', [id]) : { rows: [] };
  return rows[0] ? { status: 200, body: shown(rows[0]) } : { status: 404, body: { message: 'Not here.' } };
}

async function signUp(pool: pg.Pool, body: string): Promise<Answer> {
  let given: { email?: unknown; name?: unknown };
  try {
    given = Object(JSON.parse(body));
  } catch {
    return problem(400, 'body', 'The body is not JSON.');
  }
  const { email, name } = given;
  if (typeof email !== 'string' || !/@/.test(email)) return problem(400, 'email', 'An email has an @.');
  if (typeof name !== 'string' || !/\S/.test(name)) return problem(400, 'name', 'A name has letters.');
  const { rows } = await pool.query(
    'insert into users (email, name) values ($1, $2) on conflict (email) do nothing returning *',
    [email, name],
  );
  return rows[0] ? { status: 201, body: shown(rows[0]) } : problem(409, 'email', 'This email is taken.');
}

function shown({ id, email, name }: { id: number; email: string; name: string }) {
  return { id, email, name };
}
