// Package subscriptions is what the lesson on fixtures and factories tests.
package subscriptions

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Prices are whole cents. The second migration came a year after the first.
const schema = `
	create table customers (
		id    integer generated always as identity primary key,
		email text not null unique,
		name  text not null
	);
	create table subscriptions (
		id          integer generated always as identity primary key,
		customer_id integer not null references customers,
		plan        text not null check (plan in ('basic', 'plus')),
		currency    text not null default 'EUR',
		price       integer not null check (price > 0),
		renews_on   date not null
	);
	alter table subscriptions add column paused_on date`

// #region forgotten

// DueForgetful returns the subscriptions to charge on a day.
func DueForgetful(ctx context.Context, tx pgx.Tx, day string) ([]int, error) {
	rows, err := tx.Query(ctx, "select id from subscriptions where renews_on <= $1 order by id", day)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int])
}

// #endregion forgotten

// #region mended
func Due(ctx context.Context, tx pgx.Tx, day string) ([]int, error) {
	rows, err := tx.Query(ctx,
		"select id from subscriptions where renews_on <= $1 and paused_on is null order by id", day)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int])
}

// #endregion mended

// #region subscribe

// Subscribe forgets to hand on the currency. The column has a default, so nothing complains.
func Subscribe(ctx context.Context, tx pgx.Tx, customer, price int, _ string) (id int, err error) {
	err = tx.QueryRow(ctx, `
		insert into subscriptions (customer_id, plan, price, renews_on)
		values ($1, 'basic', $2, current_date + 30) returning id`, customer, price).Scan(&id)
	return id, err
}

// #endregion subscribe
