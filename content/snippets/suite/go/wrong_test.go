package names

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/modules/postgres"
)

// #region required
func TestWrongKnowsAName(t *testing.T) {
	container, err := postgres.Run(t.Context(), "postgres:16-alpine", postgres.BasicWaitStrategies())
	testcontainers.CleanupContainer(t, container)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), container.MustConnectionString(t.Context(), "sslmode=disable"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "create table users (id integer, name text); insert into users values (1, 'Ada')")
	if err != nil {
		t.Fatal(err)
	}

	// ERROR: column "full_name" does not exist (SQLSTATE 42703)
	if name, err := NameOf(t.Context(), conn, 1); err != nil || name != "Ada" {
		t.Errorf("got %q, %v", name, err)
	}
}

// #endregion required
