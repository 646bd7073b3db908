import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../../test/fuzz-budget.ts';
import type { TapEntry } from '../tap.ts';
import { openRedisTap } from './tap.ts';

function opened() {
  const entries: TapEntry[] = [];
  const tap = openRedisTap({
    now: () => 1,
    test: () => null,
    sentFrom: () => [],
    record: (entry) => entries.push(entry),
  });
  const statements = () => entries.filter((entry) => entry.kind === 'statement');
  return { tap, entries, statements };
}

const command = (...words: string[]) =>
  Buffer.from(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);

test('each command is told with its reply, transactions and errors as such', () => {
  const { tap, entries, statements } = opened();
  tap.fromClient(Buffer.concat([command('SET', 'greeting', 'good day'), command('INCR', 'greeting')]));
  tap.fromServer(Buffer.from('+OK\r\n-ERR value is not an integer or out of range\r\n'));
  tap.fromClient(Buffer.concat([command('MULTI'), command('LPUSH', 'list', 'ü'), command('EXEC')]));
  tap.fromServer(Buffer.from('+OK\r\n+QUEUED\r\n*1\r\n:1\r\n'));
  tap.fromClient(Buffer.from('GET nothing\r\n'));
  tap.fromServer(Buffer.from('$-1\r\n'));
  tap.fromClient(command('GET', 'greeting'));
  tap.closed();
  expect(
    statements().map(({ sql, tag, error, transaction, answered }) => [
      sql,
      tag,
      error?.sqlstate,
      transaction?.part,
      answered,
    ]),
  ).toEqual([
    ['SET greeting "good day"', 'OK', undefined, undefined, true],
    ['INCR greeting', null, 'ERR', undefined, true],
    ['MULTI', 'OK', undefined, 'begin', true],
    ['LPUSH list "ü"', 'QUEUED', undefined, 'inside', true],
    ['EXEC', '(1 values)', undefined, 'commit', true],
    ['GET nothing', '(nil)', undefined, undefined, true],
    ['GET greeting', null, undefined, undefined, false],
  ]);
  expect(entries.map(({ kind }) => kind)).toEqual(['opened', ...Array(7).fill('statement'), 'closed']);
});

test('RESP3 maps, pushes and attributes are read, and messages of a subscription answer nothing', () => {
  const { tap, statements } = opened();
  tap.fromClient(Buffer.concat([command('HELLO', '3', 'AUTH', 'me', 'secret'), command('SUBSCRIBE', 'news')]));
  tap.fromServer(Buffer.from('%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n+proto\r\n:3\r\n'));
  tap.fromServer(
    Buffer.from('>3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n>3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n'),
  );
  tap.fromServer(Buffer.from('>2\r\n+invalidate\r\n*1\r\n$1\r\na\r\n'));
  tap.fromClient(command('GET', 'a'));
  tap.fromServer(Buffer.from('|1\r\n+ttl\r\n:5\r\n$1\r\nx\r\n'));
  expect(statements().map(({ sql, tag }) => [sql, tag])).toEqual([
    ['HELLO 3 AUTH (not kept)', '(2 values)'],
    ['SUBSCRIBE news', '(3 values)'],
    ['GET a', '"x"'],
  ]);
  expect(JSON.stringify(statements())).not.toContain('secret');
});

test('a subscription to several channels is answered by its last confirmation, in RESP2 as well', () => {
  const { tap, statements } = opened();
  tap.fromClient(Buffer.concat([command('SUBSCRIBE', 'a', 'b'), command('PING')]));
  tap.fromServer(Buffer.from('*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n'));
  tap.fromServer(Buffer.from('*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n*2\r\n$4\r\npong\r\n$0\r\n\r\n'));
  expect(statements().map(({ sql, tag }) => [sql, tag])).toEqual([
    ['SUBSCRIBE a b', '(3 values)'],
    ['PING', '(2 values)'],
  ]);
});

test('what waits for a server that never answers is bounded', () => {
  const { tap, entries } = opened();
  for (let sent = 0; sent < 200; sent++) tap.fromClient(command('SET', 'key', '\u0001'.repeat(10_000)));
  tap.closed();
  expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'opaque', 'closed']);
});

test('what is not the protocol closes the tap’s eyes, and says so once', () => {
  const { tap, entries } = opened();
  tap.fromClient(command('PING'));
  tap.fromServer(Buffer.from('*1\r\n?\r\n'));
  tap.fromServer(Buffer.from('+PONG\r\n'));
  tap.closed();
  expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'opaque', 'closed']);
});

const word = fc.string({ maxLength: 20 });
const exchange = fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { maxLength: 6 });
const noise = fc.oneof(
  fc.constantFrom('', '+OK\r\n', '*-1\r\n', '*2\r\n$1\r\na\r\n', '\r\n', '$5\r\nab', '|1\r\n', '%1\r\n', '>1\r\n'),
  fc.string({ unit: fc.constantFrom(...'*$|%~>=!_:,(#+-', '0', '1', '9', '\r\n', 'subscribe', 'MULTI', ' ') }),
);

/** What a tap records of bytes that come in pieces of these sizes, of which the last is as long as it has to be. */
function entriesOf(sent: Buffer, answer: Buffer, sizes: readonly number[]): TapEntry[] {
  const { tap, entries } = opened();
  const feed = (bytes: Buffer, give: (part: Buffer) => void) => {
    let at = 0;
    for (const size of [...sizes, bytes.length]) {
      if (at < bytes.length) give(bytes.subarray(at, at + size + 1));
      at += size + 1;
    }
  };
  feed(sent, (part) => tap.fromClient(part));
  feed(answer, (part) => tap.fromServer(part));
  tap.closed();
  return entries;
}

test(
  'what is read does not depend on how it is cut into chunks, and no fault of the tap’s own ends it',
  () => {
    fc.assert(
      fc.property(exchange, noise, noise, fc.array(fc.nat(40), { maxLength: 12 }), (commands, asked, reply, cuts) => {
        const sent = Buffer.concat([...commands.map((words) => command(...words)), Buffer.from(asked)]);
        const answer = Buffer.from(`${commands.map(() => '+OK\r\n').join('')}${reply}`);
        const whole = entriesOf(sent, answer, []);
        expect(entriesOf(sent, answer, cuts)).toEqual(whole);
        expect(JSON.stringify(whole)).not.toContain('has failed');
      }),
      fuzzBudget,
    );
  },
  fuzzTimeoutMs,
);
