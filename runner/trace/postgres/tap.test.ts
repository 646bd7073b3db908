import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../../test/fuzz-budget.ts';
import type { TapEntry } from '../tap.ts';
import { openPostgresTap } from './tap.ts';

type Chunk = { from: 'client' | 'server'; bytes: Buffer };

/** What a tap records of a conversation; the clock stands still. */
function entriesOf(chunks: readonly Chunk[]): TapEntry[] {
  const entries: TapEntry[] = [];
  const tap = openPostgresTap({
    now: () => 0,
    test: () => null,
    sentFrom: () => [],
    record: (entry) => entries.push(entry),
  });
  for (const { from, bytes } of chunks) {
    if (from === 'client') tap.fromClient(bytes);
    else tap.fromServer(bytes);
  }
  tap.closed();
  return entries;
}

function message(type: string, ...parts: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)));
  const head = Buffer.alloc(type.length + 4);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, type.length);
  return Buffer.concat([head, body]);
}

const int16 = (value: number) => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 0xffff)]);
const startup = message('', int32(3 << 16), 'user', 'ann', 'database', 'shop', Buffer.from([0]));
const ready = (status: 'I' | 'T' | 'E') => message('Z', Buffer.from(status));
const failure = (code: string, text: string) => message('E', 'SERROR', `C${code}`, `M${text}`, Buffer.from([0]));

/** Parse, Bind, Describe, Execute, Sync, as a client sends them in one go; the value is a binary int4. */
const extended = Buffer.concat([
  message('P', 'find', 'select $1', int16(1), int32(23)),
  message('B', '', 'find', int16(1), int16(1), int16(1), int32(4), int32(42), int16(0)),
  message('D', Buffer.from('P'), ''),
  message('E', '', int32(0)),
  message('S'),
]);
const conversation: Chunk[] = [
  { from: 'client', bytes: startup },
  { from: 'server', bytes: Buffer.concat([message('R', int32(0)), message('S', 'TimeZone', 'UTC'), ready('I')]) },
  { from: 'client', bytes: message('Q', 'begin; select 1; selec') },
  {
    from: 'server',
    bytes: Buffer.concat([
      message('C', 'BEGIN'),
      message('T', int16(0)),
      message('D', int16(1), int32(1), Buffer.from('1')),
      message('C', 'SELECT 1'),
      failure('42601', 'syntax error'),
      ready('E'),
    ]),
  },
  { from: 'client', bytes: extended },
  { from: 'server', bytes: Buffer.concat([failure('25P02', 'current transaction is aborted'), ready('E')]) },
  { from: 'client', bytes: message('Q', 'rollback') },
  { from: 'server', bytes: Buffer.concat([message('C', 'ROLLBACK'), ready('I')]) },
  { from: 'client', bytes: extended },
  {
    from: 'server',
    bytes: Buffer.concat([
      ...[message('1'), message('2'), message('T', int16(0)), message('D', int16(0)), message('D', int16(0))],
      ...[message('C', 'SELECT 2'), ready('I')],
    ]),
  },
  { from: 'client', bytes: message('Q', 'select pg_sleep(1000)') },
];

describe('a tap on PostgreSQL', () => {
  test('reads simple and extended queries, errors and what is never answered', () => {
    const entries = entriesOf(conversation);
    const told = entries.map((entry) =>
      entry.kind === 'statement'
        ? [entry.sql, entry.error?.sqlstate ?? entry.tag, entry.rows, entry.transaction?.part ?? null, entry.answered]
        : entry.kind,
    );
    expect(told).toEqual([
      'opened',
      ['begin', 'BEGIN', null, 'begin', true],
      ['select 1', 'SELECT 1', 1, 'inside', true],
      ['selec', '42601', null, 'failed', true],
      ['select $1', '25P02', null, 'failed', true],
      ['rollback', 'ROLLBACK', null, 'rollback', true],
      ['select $1', 'SELECT 2', 2, null, true],
      ['select pg_sleep(1000)', null, null, null, false],
      'closed',
    ]);
    const bound = entries.filter((entry) => entry.kind === 'statement' && entry.sql === 'select $1').at(-1);
    expect(bound).toMatchObject({ parameters: [{ type: 'int4', value: '42' }] });
  });

  test('reads the same however the bytes are cut', () => {
    const whole = entriesOf(conversation);
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 30 })), (sizes) => {
        const cut = conversation.flatMap(({ from, bytes }) => {
          const chunks: Chunk[] = [];
          for (let at = 0; at < bytes.length; ) {
            const size = sizes.next().value ?? 1;
            chunks.push({ from, bytes: bytes.subarray(at, at + size) });
            at += size;
          }
          return chunks;
        });
        expect(entriesOf(cut)).toEqual(whole);
      }),
    );
  });

  test(
    'has no fault of its own, whatever it is shown',
    () => {
      const type = fc.constantFrom(...'QPBDECFSXpdcfHRKSZTnt123IGWNAVs');
      const garbled = fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.tuple(type, fc.uint8Array({ maxLength: 40 })).map(([letter, body]) => message(letter, Buffer.from(body))),
        fc.constantFrom(startup, extended, ready('I'), message('', int32(80_877_103)), message('', int32(80_877_102))),
      );
      const talk = fc.array(fc.tuple(fc.constantFrom('client', 'server'), garbled), { maxLength: 20 });
      fc.assert(
        fc.property(talk, (chunks) => {
          const shown = chunks.map(([from, bytes]) => ({ from: from as Chunk['from'], bytes: Buffer.from(bytes) }));
          expect(JSON.stringify(entriesOf(shown))).not.toContain('has failed');
        }),
        { ...fuzzBudget, numRuns: Math.max(2000, fuzzBudget.numRuns ?? 0) },
      );
    },
    fuzzTimeoutMs,
  );

  test('stops reading what is encrypted, and goes on where encryption is refused', () => {
    const ask: Chunk = { from: 'client', bytes: message('', int32(80_877_103)) };
    const granted = entriesOf([ask, { from: 'server', bytes: Buffer.from('S') }, { from: 'client', bytes: startup }]);
    expect(granted.map(({ kind }) => kind)).toEqual(['opened', 'opaque', 'closed']);
    const refused = entriesOf([ask, { from: 'server', bytes: Buffer.from('N') }, ...conversation]);
    expect(refused).toEqual(entriesOf(conversation));
  });

  test('keeps the beginning of a long statement, and counts rows without holding them', () => {
    const long = `select '${'x'.repeat(1 << 20)}'`;
    const row = message('D', Buffer.alloc(10_000));
    const [, entry] = entriesOf([
      { from: 'client', bytes: Buffer.concat([startup, message('Q', long)]) },
      { from: 'server', bytes: Buffer.concat([ready('I')]) },
      { from: 'client', bytes: message('Q', long) },
      { from: 'server', bytes: Buffer.concat([...Array(50).fill(row), message('C', 'SELECT 50'), ready('I')]) },
    ]);
    expect(entry).toMatchObject({
      kind: 'statement',
      cut: true,
      rows: 50,
      sql: expect.stringMatching(/^select 'x{1000}/),
    });
  });
});
