/**
 * The client of `npm run bench:trace`, in a process of its own as a learner's is: at each word of the parent it sends a
 * suite's statements over a new connection, one after another, and answers with how long each kind took, in ms.
 */
import pg from 'pg';

/** Statements of a kind that one round sends. */
const each = 40;
/** And the rows of the one statement that brings many. */
const many = 5000;

export type Timed = {
  /** A statement of a suite: what is written, looked up and listed, each with its rows. */
  suite: number;
  /** A statement that asks for next to nothing. */
  short: number;
  large: number;
};

process.on('message', async (connection: pg.ClientConfig) => {
  const client = new pg.Client(connection);
  await client.connect();
  // The servers differ in where they keep their files; waiting for a disk is no part of this.
  await client.query('set synchronous_commit = off');
  await client.query(
    'create temp table orders (id serial primary key, customer text, total numeric, at timestamptz default now())',
  );
  await client.query(
    "insert into orders (customer, total) select 'customer ' || i % 50, i from generate_series(1, 1000) i",
  );
  await client.query('create index on orders (customer)');
  await client.query('analyze orders');
  const suite = await timed(() => suiteOf(client));
  const short = await timed(async () => {
    for (let index = 0; index < 4 * each; index++)
      await client.query('select $1::int as n, $2::text as t', [index, 'x']);
  });
  const large = await timed(() => client.query(`select i, repeat('x', 50) from generate_series(1, ${many}) i`));
  await client.end();
  process.send?.({ suite: suite / (6 * each), short: short / (4 * each), large } satisfies Timed);
});

async function suiteOf(client: pg.Client): Promise<void> {
  for (let index = 0; index < each; index++) {
    const customer = `customer ${index}`;
    await client.query('begin');
    const { rows } = await client.query(
      'insert into orders (customer, total) values ($1, $2) returning id, customer, total, at',
      [customer, index],
    );
    await client.query('select id, customer, total, at from orders where id = $1', [rows[0].id]);
    await client.query('select id, customer, total, at from orders where customer = $1 order by id', [customer]);
    await client.query(
      'select customer, count(*) as orders, sum(total) as total from orders group by customer order by total desc limit 20',
    );
    await client.query('rollback');
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
