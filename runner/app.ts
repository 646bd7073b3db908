/** The service as a plugin tree. It never listens: `server.ts` does, and tests inject. */
import { maxHeaderSize } from 'node:http';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { describeApi } from './routes/api-docs.ts';
import { limitConnections } from './routes/connections.ts';
import { contentPolicy } from './routes/content-policy.ts';
import type { AppContext } from './routes/context.ts';
import { exerciseRoutes } from './routes/exercises.ts';
import { healthRoutes } from './routes/health.ts';
import { measureRequests, metricsRoutes } from './routes/metrics.ts';
import { replyWithProblem } from './routes/problem-reply.ts';
import { progressRoutes } from './routes/progress.ts';
import { limitRequests } from './routes/rate-limits.ts';
import { checkHost, checkOrigin } from './routes/request-origin.ts';
import { runEventRoutes } from './routes/run-events.ts';
import { runHistoryRoutes } from './routes/run-history.ts';
import { runRoutes } from './routes/runs.ts';
import { sendSecurityHeaders } from './routes/security-headers.ts';
import { answerUnknownAddresses, siteRoutes } from './routes/site.ts';
import { statusPage } from './routes/status-page.ts';
import { answerUnreadableAddresses, routableAddress } from './routes/unreadable-address.ts';
import { answerUnreadableRequest, requestTimeoutMs } from './routes/unreadable-request.ts';

export type AppOptions = AppContext & {
  log: FastifyBaseLogger;
  /** The folder that the site was built into; the project's own by default. */
  siteRoot?: string;
};

/** Where `npm run build` puts the site. */
const builtSite = join(import.meta.dirname, '..', 'dist', 'site');

/** Why a connection ends with the runner: clients come back with after=SEQ. */
const goingAway = [1001, 'The runner is stopping. Connect again.'] as const;

export async function buildApp({ log, siteRoot = builtSite, ...context }: AppOptions): Promise<FastifyInstance> {
  const { config } = context;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // One proxy’s word on the client’s address is believed, and only where the operator says that there is one.
    trustProxy: config.publicOrigin === undefined ? false : (_address, hop) => hop === 0,
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    // A name of any length is one that nothing has: looked up as all others are, and not answered by Fastify itself.
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: maxHeaderSize },
    rewriteUrl: routableAddress,
    clientErrorHandler: answerUnreadableRequest,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => replyWithProblem(error, request, reply));
  app.removeContentTypeParser('text/plain');

  limitConnections(app, config);
  await sendSecurityHeaders(app, config);
  await limitRequests(app, config);
  answerUnknownAddresses(app, siteRoot);
  answerUnreadableAddresses(app);
  app.addHook('onRequest', async (request) => {
    checkHost(request, config);
    if (request.method !== 'GET' && request.method !== 'HEAD') checkOrigin(request, config);
  });
  const policy = contentPolicy(siteRoot);
  app.addHook('onSend', async (_request, reply) => {
    // Swagger UI brings a stricter policy of its own.
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', policy);
  });

  measureRequests(app, context);

  await app.register(cookie, { secret: context.cookieSecret });
  await app.register(websocket, {
    options: { maxPayload: config.webSocketFrameBytes },
    errorHandler(error, socket, request) {
      request.log.debug({ err: error }, 'A WebSocket failed.');
      socket.terminate();
    },
    preClose(done) {
      for (const socket of this.websocketServer.clients) socket.close(...goingAway);
      this.websocketServer.close();
      done();
    },
  });
  await describeApi(app);
  await app.register(runRoutes, { context });
  await app.register(runEventRoutes, { context });
  await app.register(runHistoryRoutes, { context });
  await app.register(exerciseRoutes, { context });
  await app.register(progressRoutes, { context });
  await app.register(healthRoutes, { context });
  metricsRoutes(app, { context });
  statusPage(app, { context });
  await app.register(siteRoutes, { root: siteRoot });
  return app;
}
