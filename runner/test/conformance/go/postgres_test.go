// Package conformance asks of an engine what testcontainers-go asks around PostgreSQL.
package conformance

import (
	"context"
	"database/sql"
	"io"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/testcontainers/testcontainers-go"
	tcexec "github.com/testcontainers/testcontainers-go/exec"
	"github.com/testcontainers/testcontainers-go/modules/postgres"
)

func TestPostgres(t *testing.T) {
	ctx := context.Background()
	// The module's own wait: the log says twice that the server is ready, then the port answers.
	container, err := postgres.Run(ctx, "docker.io/library/postgres:16-alpine",
		postgres.WithDatabase("shop"), postgres.WithUsername("ann"), postgres.WithPassword("secret"),
		postgres.BasicWaitStrategies(),
	)
	testcontainers.CleanupContainer(t, container)
	if err != nil {
		t.Fatal(err)
	}
	url, err := container.ConnectionString(ctx, "sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var who string
	if err := db.QueryRowContext(ctx, "select current_user || '@' || current_database()").Scan(&who); err != nil {
		t.Fatal(err)
	}
	if who != "ann@shop" {
		t.Fatalf("connected as %s", who)
	}

	code, output, err := container.Exec(ctx, []string{"sh", "-c", "echo out; exit 3"}, tcexec.Multiplexed())
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(output)
	if code != 3 || string(text) != "out\n" {
		t.Fatalf("exit code %d, output %q", code, text)
	}

	if err := container.CopyToContainer(ctx, []byte("note"), "/tmp/note.txt", 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := container.CopyFileFromContainer(ctx, "/tmp/note.txt")
	if err != nil {
		t.Fatal(err)
	}
	copied, _ := io.ReadAll(file)
	if string(copied) != "note" {
		t.Fatalf("read back %q", copied)
	}
}

func TestImageThatIsNotOffered(t *testing.T) {
	container, err := testcontainers.Run(context.Background(), "ubuntu:24.04")
	testcontainers.CleanupContainer(t, container)
	if err == nil || !strings.Contains(err.Error(), "This engine offers") {
		t.Fatalf("the refusal says %v", err)
	}
}
