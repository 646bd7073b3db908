package users

// #region start
import (
	"database/sql"
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/modules/postgres"
)

func startDatabase(t *testing.T) *sql.DB {
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
	// #region stop
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	// What was registered last is cleaned up first: the connections go before the server.
	t.Cleanup(func() { db.Close() })
	// #endregion stop
	if err := RunMigrations(ctx, db); err != nil {
		t.Fatal(err)
	}
	return db
}

// #endregion start

func TestRepository(t *testing.T) {
	users := Repository{DB: startDatabase(t)}

	// #region echo
	t.Run("creates a user", func(t *testing.T) {
		user, err := users.Create(t.Context(), "echo@example.com", "Ada")
		if err != nil || user.Email != "echo@example.com" {
			t.Errorf("got %v, %v", user, err)
		}
	})
	// #endregion echo

	// #region read-back
	t.Run("stores a user that can be read back", func(t *testing.T) {
		created, err := users.Create(t.Context(), "ada@example.com", "Ada")
		if err != nil {
			t.Fatal(err)
		}

		found, err := users.FindByID(t.Context(), created.ID)

		want := User{ID: created.ID, Email: "ada@example.com", Name: "Ada"}
		if err != nil || found == nil || *found != want {
			t.Errorf("got %v, %v; want %v", found, err, want)
		}
	})
	// #endregion read-back

	// #region duplicate
	t.Run("refuses an e-mail address that is taken", func(t *testing.T) {
		first, err := users.Create(t.Context(), "grace@example.com", "Grace")
		if err != nil {
			t.Fatal(err)
		}

		_, err = users.Create(t.Context(), "grace@example.com", "An impostor")

		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != "23505" {
			t.Errorf("got %v, want a unique violation", err)
		}
		if found, err := users.FindByID(t.Context(), first.ID); err != nil || found == nil || *found != first {
			t.Errorf("got %v, %v; want %v as before", found, err, first)
		}
	})
	// #endregion duplicate

	// #region absent
	t.Run("finds nothing for an id that nobody has", func(t *testing.T) {
		if _, err := users.Create(t.Context(), "alan@example.com", "Alan"); err != nil {
			t.Fatal(err)
		}

		found, err := users.FindByID(t.Context(), uuid.NewString())

		if err != nil || found != nil {
			t.Errorf("got %v, %v; want nothing", found, err)
		}
	})
	// #endregion absent

	// #region malformed
	t.Run("is refused by PostgreSQL when the id is no UUID", func(t *testing.T) {
		_, err := users.FindByID(t.Context(), "no-such-user")

		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != "22P02" {
			t.Errorf("got %v, want an invalid text representation", err)
		}
	})
	// #endregion malformed
}
