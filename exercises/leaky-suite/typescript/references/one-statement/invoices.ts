import type pg from 'pg';

export type Invoice = { customer: string; lines: { text: string; cents: number }[] };

/** Stores an invoice with its lines in one statement and gives its number. */
export async function createInvoice(pool: pg.Pool, { customer, lines }: Invoice): Promise<number> {
  if (lines.length === 0) throw new Error('Nothing to pay for.');
  const { rows } = await pool.query<{ invoice: number }>(
    `with invoice as (insert into invoices (customer) values ($1) returning number)
     insert into lines (invoice, place, text, cents)
     select invoice.number, line.place, line.text, line.cents
     from invoice, unnest($2::text[], $3::int[]) with ordinality as line (text, cents, place)
     returning invoice`,
    [customer, lines.map(({ text }) => text), lines.map(({ cents }) => cents)],
  );
  return rows[0]?.invoice ?? 0;
}

/** The sum of an invoice’s lines, in cents. */
export async function totalOf(pool: pg.Pool, number: number): Promise<number> {
  const { rows } = await pool.query<{ cents: number }>('select cents from lines where invoice = $1', [number]);
  return rows.reduce((total, { cents }) => total + cents, 0);
}

/** Marks an invoice as paid; false where it was, or there is none. */
export async function pay(pool: pg.Pool, number: number): Promise<boolean> {
  const { rows } = await pool.query(
    'update invoices set paid_at = clock_timestamp() where number = $1 and paid_at is null returning number',
    [number],
  );
  return rows.length > 0;
}

/** Numbers of a customer’s open invoices, the oldest first. */
export async function unpaidOf(pool: pg.Pool, customer: string): Promise<number[]> {
  const { rows } = await pool.query<{ number: number; paid: boolean }>(
    'select number, paid_at is not null as paid from invoices where customer = $1 order by created_at, number',
    [customer],
  );
  return rows.filter(({ paid }) => !paid).map(({ number }) => number);
}
