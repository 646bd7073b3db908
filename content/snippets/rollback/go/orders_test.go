package orders

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/modules/postgres"
)

func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	ctx := t.Context()
	container, err := postgres.Run(ctx, "postgres:16-alpine", postgres.BasicWaitStrategies())
	testcontainers.CleanupContainer(t, container)
	if err != nil {
		t.Fatal(err)
	}
	url, err := container.ConnectionString(ctx, "sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	_, err = conn.Exec(ctx, `
		create table orders (
			id       integer generated always as identity primary key,
			customer text not null,
			cents    integer not null check (cents >= 0)
		);
		create table shipments (order_id integer not null references orders)`)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestOrders(t *testing.T) {
	conn := connect(t)

	t.Run("takes an order", func(t *testing.T) {
		if _, err := Place(t.Context(), rolledBack(t, conn), "Ada", 1_000); err != nil {
			t.Error(err)
		}
	})

	// #region fixture
	t.Run("adds up the revenue", func(t *testing.T) {
		tx := rolledBack(t, conn)
		for customer, cents := range map[string]int{"Grace": 1_000, "Alan": 500} {
			if _, err := Place(t.Context(), tx, customer, cents); err != nil {
				t.Fatal(err)
			}
		}

		if revenue, err := Revenue(t.Context(), tx); err != nil || revenue != 1_500 {
			t.Errorf("got %d, %v; want 1500", revenue, err)
		}
	})
	// #endregion fixture

	// #region savepoint
	t.Run("ships an order, and still rolls back", func(t *testing.T) {
		tx := rolledBack(t, conn)
		order, err := PlaceAndShip(t.Context(), tx, "Ada", 1_000)
		if err != nil {
			t.Fatal(err)
		}

		var shipped int
		err = tx.QueryRow(t.Context(), "select order_id from shipments").Scan(&shipped)
		if err != nil || shipped != order {
			t.Errorf("got %d, %v; want %d", shipped, err, order)
		}
	})

	t.Run("keeps nothing of an order that is refused, and can go on asking", func(t *testing.T) {
		tx := rolledBack(t, conn)
		var refused *pgconn.PgError
		if _, err := PlaceAndShip(t.Context(), tx, "Ada", -1); !errors.As(err, &refused) || refused.Code != "23514" {
			t.Fatalf("got %v, want a check violation", err)
		}

		if revenue, err := Revenue(t.Context(), tx); err != nil || revenue != 0 {
			t.Errorf("got %d, %v; want 0", revenue, err)
		}
	})
	// #endregion savepoint

	// #region expected-error
	t.Run("can expect an error and look at what is left", func(t *testing.T) {
		tx := rolledBack(t, conn)
		if _, err := Place(t.Context(), tx, "Ada", 1_000); err != nil {
			t.Fatal(err)
		}

		savepoint, err := tx.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Place(t.Context(), savepoint, "Grace", -1); err == nil {
			t.Error("a negative amount was accepted")
		}
		if err := savepoint.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}

		if revenue, err := Revenue(t.Context(), tx); err != nil || revenue != 1_000 {
			t.Errorf("got %d, %v; want 1000", revenue, err)
		}
	})
	// #endregion expected-error

	t.Run("none of them has left anything", func(t *testing.T) {
		if revenue, err := Revenue(t.Context(), conn); err != nil || revenue != 0 {
			t.Errorf("got %d, %v; want 0", revenue, err)
		}
	})
}

// #region with-rollback

// rolledBack gives a test a transaction of its own and takes it back at the test's end, also when it fails.
func rolledBack(t *testing.T, conn *pgx.Conn) pgx.Tx {
	t.Helper()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's own context is cancelled by now.
		if err := tx.Rollback(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return tx
}

// #endregion with-rollback
