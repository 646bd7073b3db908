// Package database gives each test of a lesson an empty database, on one PostgreSQL for the package.
package database

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/modules/postgres"
)

var (
	server    string // its address
	databases atomic.Int32
)

// Main is the TestMain of a package. It starts a server, runs the tests and stops the server.
func Main(m *testing.M) {
	ctx := context.Background()
	container, err := postgres.Run(ctx, "postgres:16-alpine", postgres.BasicWaitStrategies())
	defer testcontainers.TerminateContainer(container)
	if err != nil {
		log.Panic(err)
	}
	server = container.MustConnectionString(ctx, "sslmode=disable")
	m.Run()
}

// New makes a database of its own for a test, runs the schema in it, and returns its address.
func New(t *testing.T, schema string) (address string) {
	t.Helper()
	name := fmt.Sprintf("test_%d", databases.Add(1))
	Exec(t, Connect(t, server), "create database "+name)
	there, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	there.Path = name
	Exec(t, Connect(t, there.String()), schema)
	return there.String()
}

// Connect closes the connection, and with it any transaction and lock, after the test.
func Connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// DB is a connection, or a transaction on one.
type DB interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Exec fails the test when the statement does.
func Exec(t *testing.T, db DB, sql string, args ...any) {
	t.Helper()
	if _, err := db.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// Column returns what the only column of a query holds, row by row.
func Column[T any](t *testing.T, db DB, sql string, args ...any) []T {
	t.Helper()
	rows, err := db.Query(t.Context(), sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	values, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// Code returns the SQLSTATE of an error, or "" when it has none.
func Code(err error) string {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return ""
}
