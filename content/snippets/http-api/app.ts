import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import pg from 'pg';

// #region schemas
const newUser = {
  type: 'object',
  required: ['email', 'name'],
  additionalProperties: false,
  properties: { email: { type: 'string', format: 'email' }, name: { type: 'string', minLength: 1 } },
};
const user = {
  type: 'object',
  properties: { id: { type: 'string' }, email: { type: 'string' }, name: { type: 'string' } },
};
const byId = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } };
// #endregion schemas

// #region app
/** Closing the app closes its pool. Nothing listens until `listen()` is called. */
export function createApp({ databaseUrl }: { databaseUrl: string }): FastifyInstance {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const app = fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });
  app.addHook('onClose', () => pool.end());
  app.setErrorHandler(answerError);

  app.post<{ Body: { email: string; name: string } }>(
    '/users',
    { schema: { body: newUser, response: { 201: user } } },
    async ({ body }, reply) => {
      const { rows } = await pool.query('insert into users (email, name) values ($1, $2) returning id, email, name', [
        body.email,
        body.name,
      ]);
      return reply.code(201).header('location', `/users/${rows[0].id}`).send(rows[0]);
    },
  );

  app.get<{ Params: { id: string } }>(
    '/users/:id',
    { schema: { params: byId, response: { 200: user } } },
    async ({ params }, reply) => {
      const { rows } = await pool.query('select id, email, name from users where id = $1', [params.id]);
      return rows[0] ?? reply.code(404).send({ error: 'not found' });
    },
  );
  return app;
}
// #endregion app

// #region errors
const answerError: Parameters<FastifyInstance['setErrorHandler']>[0] = (thrown, request, reply) => {
  const error = thrown as FastifyError & { constraint?: string };
  if (error.validation) return reply.code(400).send({ error: 'invalid', field: fieldOf(error) });
  if (error.code === '23505' && error.constraint === 'users_email_key') {
    return reply.code(409).send({ error: 'taken', field: 'email' });
  }
  if (error.statusCode && error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message });
  request.log.error(error);
  return reply.code(500).send({ error: 'internal' });
};

function fieldOf({ validation }: FastifyError): string | undefined {
  const [first] = validation ?? [];
  const field = first?.params.missingProperty ?? first?.params.additionalProperty;
  return typeof field === 'string' ? field : first?.instancePath.slice(1);
}
// #endregion errors
