import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { type Route, sendJson } from './call.ts';

const maxCommandBytes = 128 << 10;

const createBody = z.object({
  Cmd: z.array(z.string()).min(1),
  Env: z.array(z.string()).nullish(),
  WorkingDir: z.string().nullish(),
});

export const execRoutes: Route[] = [
  {
    method: 'POST',
    path: /^\/containers\/([^/]+)\/exec$/,
    handle: async ({ engine, response, params: [id = ''], json }) => {
      const parsed = createBody.safeParse(await json());
      if (!parsed.success) throw new EngineError(400, 'No exec command specified');
      const { Cmd, Env, WorkingDir } = parsed.data;
      if (JSON.stringify(parsed.data).length > maxCommandBytes) {
        throw new EngineError(413, `The command and its environment are over ${maxCommandBytes} bytes.`);
      }
      const container = engine.container(id);
      const env = Object.fromEntries(
        (Env ?? []).map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]),
      );
      const exec = container.createExec(Cmd, env, WorkingDir || container.request.workingDir);
      sendJson(response, 201, { Id: exec.id });
    },
  },
  {
    method: 'POST',
    path: /^\/exec\/([^/]+)\/start$/,
    handle: async ({ engine, response, params: [id = ''], json }) => {
      const { container, exec } = engine.exec(id);
      await json();
      const { stream, ended } = await container.startExec(exec);
      response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
      response.flushHeaders();
      await pipeline(stream, response, { end: false });
      // Clients ask for the exit code as soon as the output ends, so the end waits for it.
      await ended;
      response.end();
    },
  },
  {
    method: 'GET',
    path: /^\/exec\/([^/]+)\/json$/,
    handle: ({ engine, response, params: [id = ''] }) => {
      const { exec } = engine.exec(id);
      const [entrypoint = '', ...args] = exec.argv;
      sendJson(response, 200, {
        ID: exec.id,
        ContainerID: exec.containerId,
        Running: exec.running,
        ExitCode: exec.exitCode,
        ProcessConfig: { entrypoint, arguments: args, tty: false },
      });
    },
  },
];
