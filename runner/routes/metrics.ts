/** `/metrics` for Prometheus, and the numbers about requests that go into it. */
import type { FastifyInstance } from 'fastify';
import type { AppContext } from './context.ts';
import { checkOperator } from './operator.ts';
import { noLimit } from './rate-limits.ts';

/** Measures every answer that is given from here on. Routes are named by their pattern: an address is no label. */
export function measureRequests(app: FastifyInstance, { metrics }: AppContext): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    metrics.requestSeconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    if (request.method !== 'POST' || route !== '/api/runs') return;
    metrics.submissions.inc({ answer: reply.statusCode === 202 ? 'accepted' : String(reply.statusCode) });
  });
}

export function metricsRoutes(app: FastifyInstance, { context }: { context: AppContext }): void {
  const { config, metrics } = context;
  app.get('/metrics', { config: noLimit, schema: { hide: true } }, async (request, reply) => {
    checkOperator(request, reply, config);
    return reply.type(metrics.contentType).send(await metrics.scrape());
  });
}
