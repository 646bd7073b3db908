import type { Image } from '../image.ts';
import { type Route, sendJson } from './call.ts';

export const imageRoutes: Route[] = [
  {
    method: 'GET',
    path: /^\/images\/(.+)\/json$/,
    handle: ({ engine, response, params: [reference = ''] }) =>
      sendJson(response, 200, describe(engine.image(reference), reference)),
  },
  {
    method: 'POST',
    path: /^\/images\/create$/,
    handle: ({ engine, response, query }) => {
      const tag = query.get('tag');
      const reference = `${query.get('fromImage') ?? ''}${tag ? `:${tag}` : ''}`;
      // Everything on offer is here already, so a pull is a look.
      const image = engine.image(reference);
      const lines = [
        { status: `Pulling from ${image.name}` },
        { status: `Status: Image is up to date for ${reference}` },
      ];
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(lines.map((line) => `${JSON.stringify(line)}\r\n`).join(''));
    },
  },
];

function describe(image: Image, reference: string): Record<string, unknown> {
  const { config } = image;
  return {
    Id: image.id,
    RepoTags: [reference],
    RepoDigests: [],
    Created: '2026-01-01T00:00:00Z',
    Os: 'linux',
    Size: 0,
    Config: {
      Env: Object.entries(config.env).map(([name, value]) => `${name}=${value}`),
      Entrypoint: config.entrypoint,
      Cmd: config.cmd,
      ExposedPorts: Object.fromEntries(config.exposedPorts.map((port) => [port, {}])),
      WorkingDir: config.workingDir,
      StopSignal: config.stopSignal,
      Labels: config.labels,
    },
  };
}
