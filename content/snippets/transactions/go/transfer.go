package bank

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// #region as-it-comes
func TransferAsItComes(ctx context.Context, pool *pgxpool.Pool, from, to, amount int) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if err := add(ctx, tx, from, -amount); err != nil {
			return err
		}
		if err := record(ctx, tx, from, to, amount); err != nil {
			return err
		}
		return add(ctx, tx, to, amount)
	})
}

// #endregion as-it-comes

// #region in-order
func Transfer(ctx context.Context, pool *pgxpool.Pool, from, to, amount int) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "select from accounts where id in ($1, $2) order by id for update", from, to)
		if err != nil {
			return err
		}
		if err := add(ctx, tx, from, -amount); err != nil {
			return err
		}
		if err := record(ctx, tx, from, to, amount); err != nil {
			return err
		}
		return add(ctx, tx, to, amount)
	})
}

// #endregion in-order

func add(ctx context.Context, tx pgx.Tx, account, amount int) error {
	_, err := tx.Exec(ctx, "update accounts set balance = balance + $1 where id = $2", amount, account)
	return err
}

func record(ctx context.Context, tx pgx.Tx, from, to, amount int) error {
	_, err := tx.Exec(ctx,
		"insert into transfers (from_account, to_account, amount) values ($1, $2, $3)", from, to, amount)
	return err
}
