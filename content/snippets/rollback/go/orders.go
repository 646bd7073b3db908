// Package orders is what the lesson on rolling back tests.
package orders

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// #region orders
// DB is a connection, or a transaction on one.
type DB interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func Place(ctx context.Context, db DB, customer string, cents int) (id int, err error) {
	err = db.QueryRow(ctx,
		"insert into orders (customer, cents) values ($1, $2) returning id", customer, cents).Scan(&id)
	return id, err
}

func Revenue(ctx context.Context, db DB) (cents int, err error) {
	err = db.QueryRow(ctx, "select coalesce(sum(cents), 0) from orders").Scan(&cents)
	return cents, err
}

// #endregion orders

// #region ship

// PlaceAndShip places an order and its shipment: both, or neither.
func PlaceAndShip(ctx context.Context, db DB, customer string, cents int) (order int, err error) {
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if order, err = Place(ctx, tx, customer, cents); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "insert into shipments (order_id) values ($1)", order)
		return err
	})
	return order, err
}

// #endregion ship
