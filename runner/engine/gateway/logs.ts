import type { ServerResponse } from 'node:http';
import type { ContainerLog, LogEntry, LogQuery } from '../container-log.ts';
import { EngineError } from '../errors.ts';
import { flag, type Route } from './call.ts';

/** What may wait for a follower that reads slowly. */
const maxUnreadBytes = 1 << 20;

export const logRoutes: Route[] = [
  {
    method: 'GET',
    path: /^\/containers\/([^/]+)\/logs$/,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      const wanted = readQuery(query);
      const log = await engine.container(id).log();
      const [timestamps, follow] = [flag(query.get('timestamps')), flag(query.get('follow'))];
      sendLog(log, wanted, response, { past: true, follow, timestamps });
    },
  },
];

/** All of a log. */
export const everything: LogQuery = {
  stdout: true,
  stderr: true,
  since: 0,
  until: Number.POSITIVE_INFINITY,
  tail: Number.POSITIVE_INFINITY,
};

/** Answers with a log in Docker's multiplexed framing: what was written before, what follows until the end, or both. */
export function sendLog(
  log: ContainerLog,
  wanted: LogQuery,
  response: ServerResponse,
  { past, follow, timestamps = false }: { past: boolean; follow: boolean; timestamps?: boolean },
): void {
  response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
  response.flushHeaders();
  for (const entry of past ? log.select(wanted) : []) response.write(frame(entry, timestamps));
  if (!follow) {
    response.end();
    return;
  }
  const stop = log.follow(
    wanted,
    (entry) => {
      // A follower that does not read would have us keep the log for it.
      if (response.writableLength > maxUnreadBytes) response.destroy();
      else response.write(frame(entry, timestamps));
    },
    () => response.end(),
  );
  response.once('close', stop);
}

function readQuery(query: URLSearchParams): LogQuery {
  const stdout = flag(query.get('stdout'));
  const stderr = flag(query.get('stderr'));
  if (!stdout && !stderr) throw new EngineError(400, 'you must choose at least one stream: stdout, stderr or both');
  const tail = query.get('tail');
  return {
    stdout,
    stderr,
    since: instant(query.get('since'), 0),
    until: instant(query.get('until'), Number.POSITIVE_INFINITY),
    tail: lineCount(tail),
  };
}

/** Whatever is not a number from 0 up, such as `all` and the -1 that dockerode sends, stands for all lines. */
function lineCount(text: string | null): number {
  return text !== null && /^\d+$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

/** Seconds since the epoch, fractional ones too, or an RFC 3339 time; 0 and nothing stand for the default. */
function instant(text: string | null, fallback: number): number {
  if (!text || text === '0') return fallback;
  const seconds = Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) : seconds * 1000;
  return Number.isNaN(ms) ? fallback : ms;
}

function frame(entry: LogEntry, timestamps: boolean): Buffer {
  const prefix = timestamps ? Buffer.from(`${new Date(entry.at).toISOString()} `) : Buffer.alloc(0);
  const header = Buffer.alloc(8);
  header.writeUInt8(entry.stream === 'stdout' ? 1 : 2, 0);
  header.writeUInt32BE(prefix.length + entry.bytes.length, 4);
  return Buffer.concat([header, prefix, entry.bytes]);
}
