import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import pg from 'pg';

type NewUser = { email: string; name: string };
type User = NewUser & { id: string };
export type Users = { create(user: NewUser): Promise<User> };

// #region handler
export const createUser = (users: Users) => async (request: FastifyRequest, reply: FastifyReply) => {
  const user = await users.create(request.body as NewUser);
  return reply.code(201).send(user);
};

const usersIn = (pool: pg.Pool): Users => ({
  async create({ email, name }) {
    const { rows } = await pool.query('insert into users (email, name) values ($1, $2) returning *', [email, name]);
    return rows[0];
  },
});
// #endregion handler

export function createLeakyApp({ databaseUrl }: { databaseUrl: string }): FastifyInstance {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const app = fastify();
  app.addHook('onClose', () => pool.end());
  app.post('/users', createUser(usersIn(pool)));
  return app;
}
