import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../fuzz-budget.ts';
import { api } from './node-cases.ts';
import { type OpenGateway, openGateway } from './open-gateway.ts';

/** Each is a process in a container; `npm run fuzz` tries as many as its time allows. */
const tried = 40;
let folder: string;
let canary: string;
let gateway: OpenGateway;
let id: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boundary-archives-'));
  canary = join(folder, 'canary');
  await writeFile(canary, 'untouched');
  gateway = await openGateway(folder);
  id = (await api(gateway, 'POST', '/containers/create', { Image: 'testcontainers/helloworld' })).body.Id;
  expect((await api(gateway, 'POST', `/containers/${id}/start`)).status).toBe(204);
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function archive(method: 'PUT' | 'GET', path: string, bytes?: Buffer): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const at = `/containers/${id}/archive?path=${encodeURIComponent(path)}`;
    const call = request({ socketPath: gateway.socket, method, path: at, agent: false }, (response) =>
      buffer(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject),
    );
    call.on('error', reject).end(bytes);
  });
}

type Entry = { name: string; type: string; link: string; size: string; honest: boolean; content: string };

/** One entry of a tar, whatever its fields say: https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function entryBytes({ name, type, link, size, honest, content }: Entry): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0, 100);
  head.write('0000777\0', 100);
  head.write('0000000\0', 108);
  head.write('0000000\0', 116);
  head.write(honest ? content.length.toString(8).padStart(11, '0') : size, 124, 12);
  head.write('00000000000\0', 136);
  head.write(type, 156, 1);
  head.write(link, 157, 100);
  head.write('ustar\u000000', 257);
  head.fill(' ', 148, 156);
  const sum = head.reduce((all, byte) => all + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([head, Buffer.from(content.padEnd(Math.ceil(content.length / 512) * 512, '\0'), 'latin1')]);
}

const nasty = fc.constantFrom(
  'x',
  '../x',
  'a/../../x',
  '/etc/x',
  '/',
  '',
  '.',
  '-rf',
  'a\nb',
  "q'uote",
  'CANARY',
  'UP',
);
const field = fc.oneof(nasty, fc.string({ maxLength: 12 }));
const entry = fc.record({
  name: field,
  type: fc.constantFrom('0', '\0', '1', '2', '3', '4', '5', '6', '7', 'L', 'K', 'x', 'g', 'S', 'Z'),
  link: field,
  size: fc.constantFrom('00000000000', '77777777777', '-0000000001', '\u0080\u0000\u0000\u0000\u0001', 'zz'),
  honest: fc.boolean(),
  content: fc.oneof(field, fc.constant('19 path=../../../x\n')),
});
const tar = fc.record({
  entries: fc.array(entry, { maxLength: 5 }),
  cut: fc.option(fc.nat(2000), { freq: 3 }),
  flips: fc.array(fc.tuple(fc.nat(1500), fc.nat(255)), { maxLength: 3 }),
  zipped: fc.boolean(),
  zippedCut: fc.option(fc.nat(200), { freq: 4 }),
});

function tarBytes({ entries, cut, flips, zipped, zippedCut }: Parameters<Parameters<typeof tar.map>[0]>[0]): Buffer {
  const meant = (text: string) => text.replace('CANARY', canary).replace('UP', `../../../../..${canary}`);
  const all = entries.map((one) => entryBytes({ ...one, name: meant(one.name), link: meant(one.link) }));
  const bytes = Buffer.concat([...all, Buffer.alloc(1024)]);
  for (const [place, value] of flips) if (place < bytes.length) bytes[place] = value;
  const ended = bytes.subarray(0, cut ?? undefined);
  return zipped ? gzipSync(ended).subarray(0, zippedCut ?? undefined) : ended;
}

test(
  'whatever archive is put in is unpacked or refused, the container goes on, and of the host nothing changes',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        tar,
        fc.constantFrom('/tmp', '/', '/opt', '/etc', '/no/such', '/tmp/../usr'),
        async (sent, at) => {
          expect((await archive('PUT', at, tarBytes(sent))).status).toBeLessThan(500);
        },
      ),
      { ...fuzzBudget, ...(fuzzBudget.interruptAfterTimeLimit ? {} : { numRuns: tried }) },
    );
    // What was put in may be anything, the files that programs look for included; the container still takes and gives.
    const whole = entryBytes({ name: 'last', type: '0', link: '', size: '', honest: true, content: 'here' });
    expect((await archive('PUT', '/dev/shm', Buffer.concat([whole, Buffer.alloc(1024)]))).status).toBe(200);
    const { status, body } = await archive('GET', '/dev/shm/last');
    expect([status, body.includes('here')]).toEqual([200, true]);
    expect(await readFile(canary, 'utf8')).toBe('untouched');
  },
  fuzzTimeoutMs,
);

test(
  'whatever path is asked for is packed, or not found',
  async () => {
    const path = fc.array(field, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    await fc.assert(
      fc.asyncProperty(path, async (asked) => {
        // Reading the whole of a container's file system says nothing more, and takes long.
        fc.pre(!/^[/.]*$/.test(asked) && !asked.startsWith('/etc'));
        expect((await archive('GET', asked)).status).toBeLessThan(500);
      }),
      { ...fuzzBudget, ...(fuzzBudget.interruptAfterTimeLimit ? {} : { numRuns: tried }) },
    );
  },
  fuzzTimeoutMs,
);
