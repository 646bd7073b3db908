import type { FastifyReply, FastifyRequest } from 'fastify';
import { expect, it, vi } from 'vitest';
import { createUser } from './leaky-app';

// #region handler
it('answers 201 with the new user', async () => {
  const ada = { id: '1', email: 'ada@example.com', name: 'Ada' };
  const users = { create: vi.fn().mockResolvedValue(ada) };
  const reply = { code: vi.fn().mockReturnThis(), send: vi.fn() };
  const request = { body: { email: 'ada@example.com', name: 'Ada' } };

  await createUser(users)(request as FastifyRequest, reply as unknown as FastifyReply);

  expect(reply.code).toHaveBeenCalledWith(201);
  expect(reply.send).toHaveBeenCalledWith(ada);
});
// #endregion handler
