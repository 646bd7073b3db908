// Package shop is what the lesson on truncating between tests tests.
package shop

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Totals are whole cents.
const schema = `
	create table schema_migrations (version integer primary key);
	insert into schema_migrations values (1);

	create table plans (
		id   integer generated always as identity primary key,
		name text not null unique
	);
	insert into plans (name) values ('free'), ('team');

	create table accounts (
		id      integer generated always as identity primary key,
		email   text not null unique,
		plan_id integer not null default 1 references plans
	);
	create table "order" (
		id         integer generated always as identity primary key,
		account_id integer not null references accounts,
		total      integer not null
	);
	create table audit_log (
		id     integer generated always as identity primary key,
		email  text not null,
		action text not null
	)`

func OpenAccount(ctx context.Context, conn *pgx.Conn, email string) (id int, err error) {
	err = conn.QueryRow(ctx, "insert into accounts (email) values ($1) returning id", email).Scan(&id)
	return id, err
}

// #region close
func CloseAccount(ctx context.Context, conn *pgx.Conn, email string) error {
	if _, err := conn.Exec(ctx, "delete from accounts where email = $1", email); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, "insert into audit_log (email, action) values ($1, 'closed')", email)
	return err
}

// CloseUnused is the nightly job. It has its own statement, and its author did not know of the audit log.
func CloseUnused(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `delete from accounts where id not in (select account_id from "order")`)
	return err
}

// #endregion close

func PlaceOrder(ctx context.Context, conn *pgx.Conn, account, total int) (id int, err error) {
	err = conn.QueryRow(ctx,
		`insert into "order" (account_id, total) values ($1, $2) returning id`, account, total).Scan(&id)
	return id, err
}

// #region cancel

// CancelOrder has the two ids the wrong way round.
func CancelOrder(ctx context.Context, conn *pgx.Conn, account, order int) error {
	_, err := conn.Exec(ctx, `delete from "order" where account_id = $1 and id = $2`, order, account)
	return err
}

// #endregion cancel
