import type pg from 'pg';

/** A pool, or a client in a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

export type Company = { id: number; email: string; name: string; verified: boolean };

export type Show = {
  id: number;
  company_id: number;
  slug: string;
  title: string;
  /** Such as 2030-01-31. */
  day: string;
  price: number;
  seats: number;
  tags: string[];
  cancelled_at: Date | null;
};

export type Ticket = { id: number; show_id: number; holder: string; code: string };

export type Factories = {
  company(given?: Partial<Omit<Company, 'id'>>): Promise<Company>;
  show(given?: Partial<Omit<Show, 'id'>>): Promise<Show>;
  ticket(given?: Partial<Omit<Ticket, 'id'>>): Promise<Ticket>;
};

export const tables = `
  create table companies (
    id       bigint generated always as identity primary key,
    email    text not null unique,
    name     text not null,
    verified boolean not null default false
  );
  create table shows (
    id           bigint generated always as identity primary key,
    company_id   bigint not null references companies,
    slug         text not null unique,
    title        text not null,
    day          date not null,
    price        numeric(8, 2) not null check (price >= 0),
    seats        integer not null default 100 check (seats >= 0),
    tags         jsonb not null default '[]',
    cancelled_at timestamptz
  );
  create table tickets (
    id      bigint generated always as identity primary key,
    show_id bigint not null references shows,
    holder  text not null,
    code    text not null unique check (length(code) = 8),
    unique (show_id, holder)
  )
`;
