import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { type Route, sendJson } from './call.ts';
import { word } from './create.ts';
import { environment, userOf } from './read-create.ts';

const maxCommandBytes = 128 << 10;

const createBody = z.object({
  Cmd: z.array(word).min(1),
  Env: z.array(word).nullish(),
  WorkingDir: word.nullish(),
  User: z.string().nullish(),
});

/** docker-py loses frames that arrive together with the answer's head (docker-py#3332). */
const headStartMs = 20;

/** The frames of an exec's output, and its end, after which its exit code is known. */
type StartedExec = { stream: Readable; ended: Promise<unknown> };

/** Answers 101 and carries the output of an exec on the connection itself, which ends when the exec does. */
export async function startUpgraded({ stream, ended }: StartedExec, socket: Socket): Promise<void> {
  const head = ['HTTP/1.1 101 UPGRADED', 'Content-Type: application/vnd.docker.multiplexed-stream'];
  socket.write(`${head.join('\r\n')}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`);
  // What the client sends, the JSON body first, is nobody's input.
  socket.resume();
  await delay(headStartMs);
  await pipeline(stream, socket, { end: false });
  await ended;
  socket.end();
}

export const execRoutes: Route[] = [
  {
    method: 'POST',
    path: /^\/containers\/([^/]+)\/exec$/,
    handle: async ({ engine, response, params: [id = ''], json }) => {
      const parsed = createBody.safeParse(await json());
      if (!parsed.success) throw new EngineError(400, `No exec command specified: ${parsed.error.issues[0]?.message}`);
      const { Cmd, Env, WorkingDir, User } = parsed.data;
      if (JSON.stringify(parsed.data).length > maxCommandBytes) {
        throw new EngineError(413, `The command and its environment are over ${maxCommandBytes} bytes.`);
      }
      const container = engine.container(id);
      const { image, place } = container.request;
      if (User && userOf(image, User).uid !== place.uid) {
        throw new EngineError(
          400,
          `A command cannot run as ${User} here: all that runs in a container is one user, the one that it was created with.`,
        );
      }
      const exec = container.createExec(Cmd, environment(Env ?? []), WorkingDir || container.request.workingDir);
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
