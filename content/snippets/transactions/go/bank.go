// Package bank is what the lesson on transactions under concurrency tests.
package bank

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Balances are whole cents.
const schema = `
	create table accounts (
		id      integer generated always as identity primary key,
		balance integer not null
	);
	create table transfers (
		id           integer generated always as identity primary key,
		from_account integer not null references accounts,
		to_account   integer not null references accounts,
		amount       integer not null
	);
	create table members (
		team text not null,
		name text not null,
		role text not null,
		primary key (team, name)
	)`

var (
	ErrNotEnoughMoney = errors.New("the account does not hold that much")
	ErrLastOwner      = errors.New("a team keeps at least one owner")
)

// #region lossy
func WithdrawLossy(ctx context.Context, pool *pgxpool.Pool, account, amount int) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var balance int
		err := tx.QueryRow(ctx, "select balance from accounts where id = $1", account).Scan(&balance)
		if err != nil {
			return err
		}
		left := balance - amount
		if left < 0 {
			return ErrNotEnoughMoney
		}
		_, err = tx.Exec(ctx, "update accounts set balance = $1 where id = $2", left, account)
		return err
	})
}

// #endregion lossy

// #region locked
func WithdrawLocked(ctx context.Context, pool *pgxpool.Pool, account, amount int) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var balance int
		err := tx.QueryRow(ctx, "select balance from accounts where id = $1 for update", account).Scan(&balance)
		if err != nil {
			return err
		}
		left := balance - amount
		if left < 0 {
			return ErrNotEnoughMoney
		}
		_, err = tx.Exec(ctx, "update accounts set balance = $1 where id = $2", left, account)
		return err
	})
}

// #endregion locked

// #region atomic
func Withdraw(ctx context.Context, pool *pgxpool.Pool, account, amount int) error {
	updated, err := pool.Exec(ctx,
		"update accounts set balance = balance - $1 where id = $2 and balance >= $1", amount, account)
	if err == nil && updated.RowsAffected() == 0 {
		return ErrNotEnoughMoney
	}
	return err
}

// #endregion atomic

// #region retry

// Retrying runs the whole transaction again when PostgreSQL gave it up for the sake of another: 40001 or 40P01.
func Retrying(attempts int, attempt func() error) error {
	err := attempt()
	var refused *pgconn.PgError
	for again := 1; again < attempts && errors.As(err, &refused); again++ {
		if refused.Code != "40001" && refused.Code != "40P01" {
			break
		}
		err = attempt()
	}
	return err
}

// #endregion retry

// #region leave
func LeaveTeam(ctx context.Context, pool *pgxpool.Pool, team, name string, isolation pgx.TxIsoLevel) error {
	return Retrying(5, func() error {
		return pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: isolation}, func(tx pgx.Tx) error {
			var owners int
			err := tx.QueryRow(ctx,
				"select count(*) from members where team = $1 and role = 'owner'", team).Scan(&owners)
			if err != nil {
				return err
			}
			if owners < 2 {
				return ErrLastOwner
			}
			_, err = tx.Exec(ctx, "delete from members where team = $1 and name = $2", team, name)
			return err
		})
	})
}

// #endregion leave
