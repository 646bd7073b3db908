/** Publishes the contract as OpenAPI 3.1: a page under /api/docs, the document under /api/docs/json. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** Registered before the routes that it describes. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Boundary',
        version: '1.0.0',
        description:
          'Submit tests, follow them as they run, and read the verdict. Errors are RFC 9457 problems, each with a permanent code.',
      },
      tags: [
        { name: 'runs', description: 'A submission on its way to a verdict.' },
        { name: 'exercises', description: 'What there is to solve.' },
        { name: 'health', description: 'For whoever watches over the runner.' },
      ],
      components: {
        securitySchemes: {
          learner: { type: 'apiKey', in: 'cookie', name: 'boundary_learner', description: 'Set by POST /api/runs.' },
          key: { type: 'http', scheme: 'bearer', description: 'The key that POST /api/runs answered with.' },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    // Its own default admits other hosts and turns http into https, which a runner on loopback does not speak.
    staticCSP:
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
    uiConfig: { deepLinking: true, tryItOutEnabled: false, validatorUrl: null },
  });
}
