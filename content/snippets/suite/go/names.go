// Package names is what the lesson on where tests live tests.
package names

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// NameOf still asks for the column that the last release renamed.
func NameOf(ctx context.Context, conn *pgx.Conn, id int) (name string, err error) {
	err = conn.QueryRow(ctx, "select full_name from users where id = $1", id).Scan(&name)
	return name, err
}
