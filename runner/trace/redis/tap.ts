import type { TestOfTrace, TraceEntry } from '../../protocol.ts';
import { type OpenTap, type Tap, type TapEntry, type TappedConnection, Unreadable, whyBlind } from '../tap.ts';
import { RespReader, type RespValue } from './resp-reader.ts';

const maxCommand = 2000;
const maxReply = 200;
/** Commands that may wait for their replies, and the characters that are kept of them meanwhile. */
const maxWaiting = 10_000;
const maxWaitingText = 256 << 10;
/** Commands after which the server says more than one value for each command. */
const streams = new Set(['MONITOR', 'SYNC', 'PSYNC']);
const subscribes = new Set(['SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE', 'UNSUBSCRIBE', 'PUNSUBSCRIBE', 'SUNSUBSCRIBE']);
const confirmation = /^[ps]?(un)?subscribe$/;

/** `replies`: how many values answer it; a subscription is confirmed channel by channel. */
type Command = { name: string; text: string; replies: number; sentAt: number; test: TestOfTrace | null };
type Statement = Extract<TapEntry, { kind: 'statement' }>;

/** Reads one connection to Redis or Valkey: each command with its reply. Passwords are not kept. */
export const openRedisTap: OpenTap = (connection) => new RedisTap(connection);

class RedisTap implements Tap {
  readonly #connection: TappedConnection;
  readonly #client = new RespReader((value) => this.#sent(value));
  readonly #server = new RespReader((value) => this.#replied(value));
  readonly #waiting: Command[] = [];
  #waitingText = 0;
  #stamp: Pick<Command, 'sentAt' | 'test'> = { sentAt: 0, test: null };
  #opened = false;
  #blind = false;
  #subscribed = false;
  #transactions = 0;
  #inTransaction = false;

  constructor(connection: TappedConnection) {
    this.#connection = connection;
  }

  fromClient(chunk: Buffer): void {
    // Once a chunk: what a client sends together was sent at one time.
    this.#stamp = { sentAt: this.#connection.now(), test: this.#connection.test() };
    this.#try(() => this.#client.push(chunk));
  }

  fromServer(chunk: Buffer): void {
    this.#try(() => this.#server.push(chunk));
  }

  closed(by: 'client' | 'server' = 'client'): void {
    if (!this.#blind) for (const command of this.#waiting.splice(0)) this.#tell(command, { answered: false });
    if (this.#opened) this.#connection.record({ kind: 'closed', ...this.#here(), by });
  }

  #try(read: () => void): void {
    if (this.#blind) return;
    try {
      read();
    } catch (error) {
      this.#goBlind(whyBlind('Redis', error));
    }
  }

  #goBlind(why: string): void {
    this.#blind = true;
    this.#waiting.length = 0;
    this.#open();
    this.#connection.record({ kind: 'opaque', ...this.#here(), why });
  }

  #here() {
    return { test: this.#connection.test(), atMs: this.#connection.now() };
  }

  #open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#connection.record({ kind: 'opened', ...this.#here(), protocol: 'redis', database: '0', user: 'default' });
  }

  #sent({ texts, size }: RespValue): void {
    this.#open();
    const name = (texts[0] ?? '').toUpperCase();
    if (streams.has(name)) throw new Unreadable(`after ${name} the server goes on by itself`);
    if (name === 'CLIENT' && texts[1]?.toUpperCase() === 'REPLY')
      throw new Unreadable('after CLIENT REPLY commands go unanswered');
    const subscription = subscribes.has(name);
    if (subscription) this.#subscribed = true;
    const text = textOf(withoutSecrets(name, texts));
    this.#waitingText += text.length;
    if (this.#waiting.length >= maxWaiting || this.#waitingText > maxWaitingText)
      throw new Unreadable('more commands wait than can be followed');
    const replies = subscription ? Math.max(1, (size ?? texts.length) - 1) : 1;
    this.#waiting.push({ name, text, replies, ...this.#stamp });
  }

  #replied(value: RespValue): void {
    const [first] = this.#waiting;
    const confirms = this.#subscribed && '*>'.includes(value.type) && confirmation.test(value.texts[0] ?? '');
    if (confirms) {
      // One for each channel, and for all that were left where none was named: the last one answers.
      if (!first || !subscribes.has(first.name) || --first.replies > 0) return;
    } else if (value.type === '>' || (this.#subscribed && isMessage(value))) {
      // What the server pushes answers no command: messages of a subscription, or what a cache has to forget.
      return;
    }
    const command = this.#waiting.shift();
    if (!command) return;
    this.#waitingText -= command.text.length;
    const [text = ''] = value.texts;
    if (value.type !== '-' && value.type !== '!') {
      this.#tell(command, { tag: replyOf(value), rows: value.size });
      return;
    }
    const space = text.indexOf(' ');
    const code = space === -1 ? text : text.slice(0, space);
    this.#tell(command, { error: { sqlstate: code.slice(0, 40), message: text.slice(0, maxReply) } });
  }

  #tell(
    command: Command,
    reply: { tag?: string; rows?: number | null; error?: Statement['error']; answered?: boolean },
  ): void {
    const { tag = null, rows = null, error = null, answered = true } = reply;
    this.#connection.record({
      kind: 'statement',
      test: command.test,
      atMs: command.sentAt,
      ms: Math.round((this.#connection.now() - command.sentAt) * 100) / 100,
      sql: command.text.slice(0, maxCommand),
      cut: command.text.length > maxCommand,
      parameters: [],
      rows,
      tag,
      error,
      notices: [],
      transaction: answered ? this.#place(command.name, error !== null) : null,
      answered,
    });
  }

  #place(name: string, failed: boolean): Extract<TraceEntry, { kind: 'statement' }>['transaction'] {
    if (name === 'MULTI' && !failed && !this.#inTransaction) {
      this.#inTransaction = true;
      return { id: ++this.#transactions, part: 'begin' };
    }
    if (!this.#inTransaction) return null;
    const id = this.#transactions;
    if (name !== 'EXEC' && name !== 'DISCARD') return { id, part: failed ? 'failed' : 'inside' };
    this.#inTransaction = false;
    return { id, part: name === 'EXEC' && !failed ? 'commit' : 'rollback' };
  }
}

function isMessage({ type, texts }: RespValue): boolean {
  return type === '*' && /^(message|pmessage|smessage)$/.test(texts[0] ?? '');
}

/** A reply as redis-cli shows it, cut. */
function replyOf({ type, texts, size }: RespValue): string {
  const [text = ''] = texts;
  if (size !== null) return `(${size} values)`;
  if (type === ':') return `(integer) ${text}`;
  if (type === '_') return '(nil)';
  return (type === '+' ? text : JSON.stringify(text)).slice(0, maxReply);
}

function withoutSecrets(name: string, texts: readonly string[]): readonly string[] {
  if (name === 'AUTH') return ['AUTH', '(not', 'kept)'];
  const auth = name === 'HELLO' ? texts.findIndex((text) => text.toUpperCase() === 'AUTH') : -1;
  return auth === -1 ? texts : [...texts.slice(0, auth + 1), '(not', 'kept)'];
}

/** The beginning of a command as a person would type it: as much as is kept, and one character more if there is. */
function textOf(words: readonly string[]): string {
  let text = '';
  for (const word of words) {
    text += `${text === '' ? '' : ' '}${quoted(word)}`;
    if (text.length > maxCommand) break;
  }
  return text.slice(0, maxCommand + 1);
}

function quoted(text: string): string {
  return /^[\x21-\x7e]+$/.test(text) && !text.includes('"') ? text : JSON.stringify(text);
}
