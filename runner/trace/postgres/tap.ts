import type { TraceError } from '../../protocol.ts';
import { type OpenTap, type Tap, type TappedConnection, Unreadable, whyBlind } from '../tap.ts';
import { Fields, reportFields } from './fields.ts';
import { MessageReader } from './message-reader.ts';
import { type Request, Requests } from './requests.ts';
import { type Ended, entriesOf } from './round.ts';
import { type SessionStatus, Transactions } from './transactions.ts';

/** What a startup packet may ask for instead of protocol 3. */
const requests = { ssl: 80_877_103, gss: 80_877_104, cancel: 80_877_102 } as const;
const refusal = 0x4e; // “N”
const maxText = 500;
const maxNotices = 5;
const maxRound = 10_000;

/** Reads one PostgreSQL connection: protocol 3, simple and extended queries, COPY. What is encrypted stays closed to it. */
export const openPostgresTap: OpenTap = (connection) => new PostgresTap(connection);

class PostgresTap implements Tap {
  readonly #connection: TappedConnection;
  readonly #requests: Requests;
  readonly #client: MessageReader;
  readonly #server = new MessageReader(true, 'CENtZ', (type, body) => this.#answer(type, body));
  readonly #transactions = new Transactions();
  #round: Ended[] = [];
  #rows = 0;
  #returned = false;
  #notices: string[] = [];
  /** Waiting for the one byte that answers a request for encryption. */
  #asked = false;
  #opened = false;
  #blind = false;
  #stamp: Pick<Request, 'sentAt' | 'test'> = { sentAt: 0, test: null };

  constructor(connection: TappedConnection) {
    this.#connection = connection;
    this.#requests = new Requests(() => this.#stamp);
    this.#client = new MessageReader(false, Requests.wanted, (type, body) => {
      if (type === '') this.#start(new Fields(body));
      else this.#requests.read(type, body);
    });
  }

  fromClient(chunk: Buffer): void {
    // Once a chunk: what a client sends together was sent at one time.
    this.#stamp = { sentAt: this.#connection.now(), test: this.#connection.test() };
    this.#try(() => this.#client.push(chunk));
  }

  fromServer(chunk: Buffer): void {
    this.#try(() => {
      const answersAsking = this.#asked;
      this.#asked = false;
      if (!answersAsking) this.#server.push(chunk);
      else if (chunk[0] === refusal) this.#server.push(chunk.subarray(1));
      else {
        this.#open('', '');
        this.#goBlind('The connection is encrypted (TLS): its statements cannot be read on the way.');
      }
    });
  }

  closed(by: 'client' | 'server' = 'client'): void {
    if (!this.#blind) {
      const at = this.#connection.now();
      for (const request of this.#requests.statements) this.#round.push({ request, rows: null, at, notices: [] });
      this.#tell();
    }
    if (this.#opened) this.#connection.record({ kind: 'closed', ...this.#here(), by });
  }

  #try(read: () => void): void {
    if (this.#blind) return;
    try {
      read();
    } catch (error) {
      this.#goBlind(whyBlind('PostgreSQL', error));
    }
  }

  #goBlind(why: string): void {
    this.#blind = true;
    this.#connection.record({ kind: 'opaque', ...this.#here(), why });
  }

  #here() {
    return { test: this.#connection.test(), atMs: this.#connection.now() };
  }

  #start(fields: Fields): void {
    const code = fields.int32();
    this.#asked = code === requests.ssl || code === requests.gss;
    // A request to cancel comes on a connection of its own, which says nothing else.
    this.#blind = code === requests.cancel;
    if (this.#asked || this.#blind) return;
    if (code >> 16 !== 3) throw new Unreadable(`protocol ${code >> 16} was asked for`);
    const settings = new Map<string, string>();
    while (!fields.ended && settings.size < 100) settings.set(fields.text(), fields.text());
    const user = settings.get('user') ?? '';
    this.#client.typed = true;
    this.#open(settings.get('database') ?? user, user);
  }

  #open(database: string, user: string): void {
    this.#opened = true;
    this.#connection.record({
      kind: 'opened',
      ...this.#here(),
      protocol: 'postgres',
      database: database.slice(0, maxText),
      user: user.slice(0, maxText),
    });
  }

  #answer(type: string, body: Buffer): void {
    switch (type) {
      case '1':
        this.#requests.answered('parse');
        break;
      case '2':
        this.#requests.answered('bind');
        break;
      case '3':
        this.#requests.answered('close');
        break;
      case 't':
        this.#requests.typed(new Fields(body));
        break;
      case 'n':
        this.#requests.answered('describe');
        break;
      case 'T':
        this.#returned = true;
        this.#requests.answered('describe');
        break;
      case 'D':
        this.#returned = true;
        this.#rows++;
        break;
      case 'I':
        // An empty query: nothing that anybody would look for.
        this.#requests.answered('execute');
        break;
      case 'C':
        this.#end({ tag: new Fields(body).text() });
        break;
      case 's':
        this.#end({ tag: 'portal suspended' });
        break;
      case 'V':
        this.#end({ tag: 'function call' });
        break;
      case 'E':
        this.#fail(reportFields(body));
        break;
      case 'N':
        this.#notice(reportFields(body));
        break;
      case 'Z':
        this.#requests.answered('query', 'sync');
        this.#tell();
        this.#transactions.ready(String.fromCharCode(body[0] ?? 0x49) as SessionStatus);
        break;
    }
  }

  /** A statement has ended: of a simple query one of perhaps several, else the one that was executed. */
  #end(how: { tag: string } | { error: TraceError }): void {
    const request = this.#requests.first;
    if (!request) return;
    const written = 'tag' in how ? / (\d+)$/.exec(how.tag)?.[1] : undefined;
    const rows = this.#returned ? this.#rows : written === undefined ? null : Number(written);
    if (this.#round.length >= maxRound) throw new Unreadable('a query of more statements than can be followed');
    this.#round.push({ request, ...how, rows, at: this.#connection.now(), notices: this.#notices });
    this.#rows = 0;
    this.#returned = false;
    this.#notices = [];
    this.#requests.answered('execute', 'call');
  }

  #fail(report: ReadonlyMap<string, string>): void {
    const error = {
      sqlstate: (report.get('C') ?? '').slice(0, 5),
      message: (report.get('M') ?? '').slice(0, maxText),
    };
    if (!this.#requests.first) {
      // Nothing was asked: the connection itself is refused, or taken away.
      this.#connection.record({ kind: 'refused', ...this.#here(), error });
      return;
    }
    this.#end({ error });
    this.#requests.skipped();
  }

  #notice(report: ReadonlyMap<string, string>): void {
    if (this.#notices.length >= maxNotices) return;
    this.#notices.push(`${report.get('S') ?? 'NOTICE'}: ${report.get('M') ?? ''}`.slice(0, maxText));
  }

  #tell(): void {
    const round = this.#round;
    this.#round = [];
    for (const entry of entriesOf(round, this.#transactions, this.#connection.sentFrom)) this.#connection.record(entry);
  }
}
