package shop

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// #region empty

// EmptyTables waits as long as patience says, such as "5s", for others to let go of the tables.
func EmptyTables(ctx context.Context, conn *pgx.Conn, patience string, keep ...string) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select set_config('lock_timeout', $1, true)", patience); err != nil {
			return err
		}
		tables, err := tablesBesides(ctx, tx, keep)
		if err != nil || len(tables) == 0 {
			return err
		}
		_, err = tx.Exec(ctx, "truncate "+strings.Join(tables, ", ")+" restart identity")
		return err
	})
}

// #endregion empty

// #region which

// tablesBesides lists the ordinary tables of the schema, quoted where their names need it. When nothing is to be kept, keep
// is nil, which pgx sends as NULL; a comparison with that would find no table at all.
func tablesBesides(ctx context.Context, tx pgx.Tx, keep []string) ([]string, error) {
	rows, err := tx.Query(ctx, `
		select format('%I.%I', n.nspname, c.relname)
		  from pg_class c
		  join pg_namespace n on n.oid = c.relnamespace
		 where n.nspname = 'public'
		   and c.relkind in ('r', 'p')
		   and not c.relispartition
		   and c.relname <> all (coalesce($1::text[], '{}'))
		   and not exists (select from pg_depend d
		                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`, keep)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// #endregion which

// #region guard

// AssertTestDatabase refuses every database that is not plainly one for tests.
func AssertTestDatabase(conn *pgx.Conn) error {
	name := conn.Config().Database
	if !slices.Contains(strings.Split(name, "_"), "test") {
		return fmt.Errorf("%q is no test database; its tables stay as they are. Check the connection string", name)
	}
	return nil
}

// #endregion guard
