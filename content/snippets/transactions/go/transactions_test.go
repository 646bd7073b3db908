package bank

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	database "boundary.test/snippets/database/go"
)

func TestMain(m *testing.M) { database.Main(m) }

func newPool(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), database.New(t, schema))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func openAccount(t *testing.T, pool *pgxpool.Pool, balance int) int {
	t.Helper()
	return database.Column[int](t, pool, "insert into accounts (balance) values ($1) returning id", balance)[0]
}

func balanceOf(t *testing.T, db database.DB, account int) int {
	t.Helper()
	return database.Column[int](t, db, "select balance from accounts where id = $1", account)[0]
}

func TestTransactions(t *testing.T) {
	pool := newPool(t)

	// #region in-turn
	t.Run("refuses what the account does not hold", func(t *testing.T) {
		account := openAccount(t, pool, 100)

		if err := WithdrawLossy(t.Context(), pool, account, 80); err != nil {
			t.Fatal(err)
		}

		if err := WithdrawLossy(t.Context(), pool, account, 80); !errors.Is(err, ErrNotEnoughMoney) {
			t.Errorf("got %v", err)
		}
		if balance := balanceOf(t, pool, account); balance != 20 {
			t.Errorf("got a balance of %d, want 20", balance)
		}
	})
	// #endregion in-turn

	// #region by-hand
	// Two transactions read, then both write, and the first commits before the second writes.
	readReadWriteWrite := func(t *testing.T, isolation pgx.TxIsoLevel, account int) error {
		first, second := begin(t, pool, isolation), begin(t, pool, isolation)
		seenByFirst, seenBySecond := balanceOf(t, first, account), balanceOf(t, second, account)

		database.Exec(t, first, "update accounts set balance = $1 where id = $2", seenByFirst-80, account)
		if err := first.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := second.Exec(t.Context(), "update accounts set balance = $1 where id = $2", seenBySecond-80, account)
		if err != nil {
			return err
		}
		return second.Commit(t.Context())
	}

	for isolation, code := range map[pgx.TxIsoLevel]string{
		pgx.ReadCommitted:  "", // both commit
		pgx.RepeatableRead: "40001",
		pgx.Serializable:   "40001",
	} {
		t.Run(string(isolation), func(t *testing.T) {
			account := openAccount(t, pool, 100)

			if err := readReadWriteWrite(t, isolation, account); (err != nil) != (code != "") || database.Code(err) != code {
				t.Errorf("got %v, want %q", err, code)
			}
			if balance := balanceOf(t, pool, account); balance != 20 {
				t.Errorf("got a balance of %d, want 20", balance)
			}
		})
	}
	// #endregion by-hand

	// #region mended
	for name, take := range map[string]func(context.Context, *pgxpool.Pool, int, int) error{
		"a row lock": WithdrawLocked, "one statement": Withdraw,
	} {
		t.Run("pays out once when two meet, with "+name, func(t *testing.T) {
			account := openAccount(t, pool, 100)
			call := func(ctx context.Context) error { return take(ctx, pool, account, 80) }

			ended := collide(t, pool, fmt.Sprintf("select from accounts where id = %d for update", account), call, call)

			if paid, refused := split(ended); paid != 1 || len(refused) != 1 || !errors.Is(refused[0], ErrNotEnoughMoney) {
				t.Errorf("paid %d times, refused %v", paid, refused)
			}
			if balance := balanceOf(t, pool, account); balance != 20 {
				t.Errorf("got a balance of %d, want 20", balance)
			}
		})
	}
	// #endregion mended

	// #region skew
	bothLeave := func(t *testing.T, team string, isolation pgx.TxIsoLevel) (ended []error, left int) {
		database.Exec(t, pool, "insert into members values ($1, 'Ada', 'owner'), ($1, 'Ben', 'owner')", team)
		ended = collide(t, pool, fmt.Sprintf("select from members where team = '%s' for update", team),
			func(ctx context.Context) error { return LeaveTeam(ctx, pool, team, "Ada", isolation) },
			func(ctx context.Context) error { return LeaveTeam(ctx, pool, team, "Ben", isolation) })
		return ended, database.Column[int](t, pool, "select count(*) from members where team = $1", team)[0]
	}

	t.Run("repeatable read lets both go, and nobody owns the team", func(t *testing.T) {
		ended, left := bothLeave(t, "orphaned", pgx.RepeatableRead)
		if gone, refused := split(ended); gone != 2 || left != 0 {
			t.Errorf("%d are gone, %d are left, refused %v", gone, left, refused)
		}
	})

	t.Run("serializable lets one go, and tells the other why not", func(t *testing.T) {
		ended, left := bothLeave(t, "kept", pgx.Serializable)
		gone, refused := split(ended)
		if gone != 1 || left != 1 || !errors.Is(refused[0], ErrLastOwner) {
			t.Errorf("%d are gone, %d are left, refused %v", gone, left, refused)
		}
	})
	// #endregion skew

	// #region deadlock
	type move func(ctx context.Context, pool *pgxpool.Pool, from, to, amount int) error
	crossing := func(t *testing.T, move move) (ended []error, balances [2]int) {
		a, b := openAccount(t, pool, 100), openAccount(t, pool, 100)
		ended = collide(t, pool, "lock table transfers in share mode",
			func(ctx context.Context) error { return move(ctx, pool, a, b, 10) },
			func(ctx context.Context) error { return move(ctx, pool, b, a, 10) })
		return ended, [2]int{balanceOf(t, pool, a), balanceOf(t, pool, b)}
	}

	t.Run("end in a deadlock when each locks its own account first", func(t *testing.T) {
		ended, _ := crossing(t, TransferAsItComes)
		if moved, refused := split(ended); moved != 1 || database.Code(refused[0]) != "40P01" {
			t.Errorf("%d have moved, refused %v", moved, refused)
		}
	})

	t.Run("both succeed when they lock in the order of the ids", func(t *testing.T) {
		ended, balances := crossing(t, Transfer)
		if moved, refused := split(ended); moved != 2 || balances != [2]int{100, 100} {
			t.Errorf("%d have moved, refused %v, balances %v", moved, refused, balances)
		}
	})
	// #endregion deadlock
}

func begin(t *testing.T, pool *pgxpool.Pool, isolation pgx.TxIsoLevel) pgx.Tx {
	t.Helper()
	tx, err := pool.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: isolation})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tx.Rollback(context.Background()) }) // does nothing after a commit
	return tx
}

// split tells how many have succeeded, and with what the others were refused.
func split(ended []error) (succeeded int, refused []error) {
	for _, err := range ended {
		if err == nil {
			succeeded++
		} else {
			refused = append(refused, err)
		}
	}
	return succeeded, refused
}
