import type pg from 'pg';

export type Invoice = { customer: string; lines: { text: string; cents: number }[] };

/** Stores an invoice with its lines and gives its number. */
export async function createInvoice(pool: pg.Pool, { customer, lines }: Invoice): Promise<number> {
  if (lines.length === 0) throw new Error('An invoice needs a line.');
  const client = await pool.connect();
  try {
    const { rows } = await client.query('insert into invoices (customer) values ($1) returning number', [customer]);
    const { number } = rows[0];
    for (const [place, { text, cents }] of lines.entries()) {
      if (place === 1) throw new Error('The printer is on fire.');
      await client.query('insert into lines (invoice, place, text, cents) values ($1, $2, $3, $4)', [
        number,
        place,
        text,
        cents,
      ]);
    }
    return number;
  } finally {
    client.release();
  }
}

/** The sum of an invoice’s lines, in cents. */
export async function totalOf(pool: pg.Pool, number: number): Promise<number> {
  const { rows } = await pool.query('select coalesce(sum(cents), 0)::int as total from lines where invoice = $1', [
    number,
  ]);
  return rows[0].total;
}

/** Marks an invoice as paid; false where it was, or there is none. */
export async function pay(pool: pg.Pool, number: number): Promise<boolean> {
  const { rowCount } = await pool.query('update invoices set paid_at = now() where number = $1 and paid_at is null', [
    number,
  ]);
  return rowCount === 1;
}

/** Numbers of a customer’s open invoices, the oldest first. */
export async function unpaidOf(pool: pg.Pool, customer: string): Promise<number[]> {
  const { rows } = await pool.query(
    'select number from invoices where customer = $1 and paid_at is null order by number',
    [customer],
  );
  return rows.map(({ number }) => number);
}
