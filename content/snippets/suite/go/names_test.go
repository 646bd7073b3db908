package names

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// #region skipped
func TestKnowsANameWhereThereIsADatabase(t *testing.T) {
	url, ok := os.LookupEnv("TEST_DATABASE_URL")
	if !ok {
		t.Skip("needs a database") // so that people can run the rest
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), "create table users (id integer, name text); insert into users values (1, 'Ada')")
	if err != nil {
		t.Fatal(err)
	}

	if name, err := NameOf(t.Context(), conn, 1); err != nil || name != "Ada" {
		t.Errorf("got %q, %v", name, err)
	}
}

// #endregion skipped

// #region require

// databaseURL is the address of the test database. On a build server, its absence is an error and no reason to skip.
func databaseURL(env func(string) string) (url string, err error) {
	url = env("TEST_DATABASE_URL")
	if url == "" && env("CI") != "" {
		return "", errors.New("TEST_DATABASE_URL is not set, so no integration test would run. Set it in the job, or drop the job")
	}
	return url, nil
}

// #endregion require

// #region missing
func TestAMissingDatabaseIsNoReasonToSkipOnABuildServer(t *testing.T) {
	given := func(env map[string]string) func(string) string {
		return func(name string) string { return env[name] }
	}

	if _, err := databaseURL(given(map[string]string{"CI": "true"})); err == nil || !strings.Contains(err.Error(), "no integration test would run") {
		t.Errorf("got %v", err)
	}
	if url, err := databaseURL(given(nil)); url != "" || err != nil {
		t.Errorf("got %q, %v", url, err)
	}
	both := map[string]string{"CI": "true", "TEST_DATABASE_URL": "postgres://…"}
	if url, err := databaseURL(given(both)); url != "postgres://…" || err != nil {
		t.Errorf("got %q, %v", url, err)
	}
}

// #endregion missing
