import { fastify } from 'fastify';
import pg from 'pg';

export type App = { url: string; close(): Promise<void> };

const uniqueViolation = '23505';

/** Listens on a free port of the loopback. */
export async function createApp({ databaseUrl }: { databaseUrl: string }): Promise<App> {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const app = fastify();
  app.addHook('onClose', () => pool.end());

  app.post('/users', async (request, reply) => {
    const { email, name } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof email !== 'string' || !email.includes('@')) return reply.code(400).send({ field: 'email' });
    if (typeof name !== 'string' || name.trim() === '') return reply.code(400).send({ field: 'name' });
    try {
      const { role = 'member' } = request.body as { role?: string };
      const { rows } = await pool.query(
        'insert into users (email, name, role) values ($1, $2, $3) returning id, email, name',
        [email, name, role],
      );
      return reply.code(201).send(rows[0]);
    } catch (error) {
      if ((error as pg.DatabaseError).code === uniqueViolation) return reply.code(409).send({ field: 'email' });
      throw error;
    }
  });

  app.get<{ Params: { id: string } }>('/users/:id', async (request, reply) => {
    const { rows } = await pool.query('select id, email, name from users where id = $1', [request.params.id]);
    return rows[0] ?? reply.code(404).send({ message: 'There is no such user.' });
  });

  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}
