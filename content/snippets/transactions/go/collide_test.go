package bank

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// #region collide

// collide takes a lock, starts the calls, and waits until every one of them is stuck behind it in the database. Then it
// lets go, and tells how each call ended.
func collide(t *testing.T, pool *pgxpool.Pool, lock string, calls ...func(context.Context) error) []error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	gate, err := pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer gate.Rollback(context.Background()) // the lock goes, even if the calls never came as far
	if _, err := gate.Exec(ctx, lock); err != nil {
		t.Fatal(err)
	}

	ended := make(chan error, len(calls))
	for _, call := range calls {
		go func() { ended <- call(ctx) }()
	}
	for blocked := 0; blocked < len(calls); time.Sleep(10 * time.Millisecond) {
		if err := pool.QueryRow(ctx, `select count(*) from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`).Scan(&blocked); err != nil {
			t.Fatal("the calls never got stuck: ", err)
		}
	}

	if err := gate.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	errs := make([]error, 0, len(calls))
	for range calls {
		errs = append(errs, <-ended)
	}
	return errs
}

// #endregion collide
