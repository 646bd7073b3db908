import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import Docker from 'dockerode';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../../test/fuzz-budget.ts';
import { ContainerLog } from '../container-log.ts';
import { everything, sendLog } from './logs.ts';

const { modem } = new Docker();

/** Takes Docker's frames apart as the client does, from pieces of these sizes. */
function demultiplexed(frames: Buffer, sizes: readonly number[]): { stdout: string; stderr: string } {
  const [stream, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  modem.demuxStream(stream, stdout, stderr);
  let at = 0;
  for (const size of [...sizes, frames.length]) {
    if (at < frames.length) stream.emit('data', frames.subarray(at, at + size + 1));
    at += size + 1;
  }
  return { stdout: allOf(stdout).toString(), stderr: allOf(stderr).toString() };
}

/** What has been written to a stream so far. */
function allOf(stream: PassThrough): Buffer {
  const chunks: Buffer[] = [];
  for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test(
  'what a container writes reaches a client whole, each stream by itself, before it is asked for and while it follows',
  () => {
    const entry = fc.tuple(
      fc.constantFrom('stdout', 'stderr'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    );
    const entries = fc.array(entry, { maxLength: 8 });
    fc.assert(
      fc.property(entries, entries, fc.array(fc.nat(40), { maxLength: 12 }), (before, after, sizes) => {
        const log = new ContainerLog(1 << 20);
        const append = ([stream, text]: [string, string]) =>
          log.append(stream as 'stdout' | 'stderr', Buffer.from(text));
        for (const one of before) append(one);
        const answer = new PassThrough();
        const head = { writeHead: () => answer, flushHeaders: () => undefined };
        sendLog(log, everything, Object.assign(answer, head) as unknown as ServerResponse, {
          past: true,
          follow: true,
        });
        for (const one of after) append(one);
        log.end();
        const written = (wanted: string) =>
          [...before, ...after].map(([stream, text]) => (stream === wanted ? text : '')).join('');
        expect(demultiplexed(allOf(answer), sizes)).toEqual({ stdout: written('stdout'), stderr: written('stderr') });
      }),
      fuzzBudget,
    );
  },
  fuzzTimeoutMs,
);
