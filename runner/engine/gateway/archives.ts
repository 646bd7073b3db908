import { pipeline } from 'node:stream/promises';
import { getArchive, type PathStat, putArchive, statOf } from '../archive.ts';
import { EngineError } from '../errors.ts';
import type { Route } from './call.ts';

const path = /^\/containers\/([^/]+)\/archive$/;
const maxPath = 4096;

export const archiveRoutes: Route[] = [
  {
    method: 'PUT',
    path,
    handle: async ({ engine, request, response, query, params: [id = ''] }) => {
      await putArchive(engine.container(id), pathOf(query), request);
      response.writeHead(200, { 'content-length': 0 }).end();
    },
  },
  {
    method: 'HEAD',
    path,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      const stat = await statOf(engine.container(id), pathOf(query));
      response.writeHead(200, { 'x-docker-container-path-stat': encoded(stat) }).end();
    },
  },
  {
    method: 'GET',
    path,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      const container = engine.container(id);
      const stat = await statOf(container, pathOf(query));
      response.writeHead(200, {
        'content-type': 'application/x-tar',
        'x-docker-container-path-stat': encoded(stat),
      });
      await pipeline(await getArchive(container, pathOf(query)), response);
    },
  },
];

/** Clients write the folder with and without its first slash. */
function pathOf(query: URLSearchParams): string {
  const given = query.get('path') ?? '';
  if (given === '' || given.length > maxPath || given.includes('\0')) {
    throw new EngineError(400, 'The path of an archive has to be given, in at most 4096 characters.');
  }
  return given.startsWith('/') ? given : `/${given}`;
}

function encoded(stat: PathStat): string {
  return Buffer.from(JSON.stringify(stat)).toString('base64');
}
