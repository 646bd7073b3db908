/** Serves the built site: static files, and its own page for addresses that lead nowhere. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { ServiceError } from '../errors.ts';
import { isForPeople } from './problem-page.ts';
import { pathOf, replyWithProblem } from './problem-reply.ts';

const unbuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The site is not built yet</title>
<h1>The site is not built yet</h1>
<p>The runner is up, but there are no pages for it to serve. Run <code>npm run build</code> in the project’s folder and
load this page again. The API answers already: <a href="/api/docs">its description</a>.</p>
</html>
`;

/** `root` is the folder that the site was built into. */
export const siteRoutes: FastifyPluginAsync<{ root: string }> = async (app, { root }) => {
  if (!existsSync(join(root, 'index.html'))) {
    app.get('/', { schema: { hide: true } }, (_request, reply) =>
      reply.code(503).type('text/html; charset=utf-8').send(unbuiltPage),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root,
    redirect: true,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      // Astro names these after their contents, so a name never changes its meaning.
      const immutable = path.startsWith(join(root, '_astro/'));
      reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};

/** Answers addresses that lead nowhere: the site's page for people, a problem for programs. */
export function answerUnknownAddresses(app: FastifyInstance, root: string): void {
  const page = join(root, '404.html');
  const html = existsSync(page) ? readFileSync(page, 'utf8') : undefined;
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (html !== undefined && isForPeople(request)) {
      return reply.code(404).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html);
    }
    const params = { method: request.method, path: pathOf(request) };
    return replyWithProblem(new ServiceError('not-found', params), request, reply);
  });
}
