import psycopg
from psycopg import sql


# #region empty
def empty_tables(connection: psycopg.Connection, keep: list[str], patience: str = "5s") -> None:
    with connection.transaction():
        connection.execute("select set_config('lock_timeout', %s, true)", [patience])
        tables = tables_besides(connection, keep)
        if tables:
            names = sql.SQL(", ").join(sql.Identifier(*table) for table in tables)
            connection.execute(sql.SQL("truncate {} restart identity").format(names))
# #endregion empty


# #region which
def tables_besides(connection: psycopg.Connection, keep: list[str]) -> list[tuple[str, str]]:
    """The ordinary tables of the schema. sql.Identifier quotes them where their names need it."""
    return connection.execute(
        """
        select n.nspname, c.relname
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public'
           and c.relkind in ('r', 'p')
           and not c.relispartition
           and c.relname <> all (%s)
           and not exists (select from pg_depend d
                            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        """,
        [keep],
    ).fetchall()
# #endregion which


# #region guard
def assert_test_database(connection: psycopg.Connection) -> None:
    """Refuses every database that is not plainly one for tests."""
    name = connection.info.dbname
    if "test" not in name.split("_"):
        raise RuntimeError(f"“{name}” is no test database; its tables stay as they are. Check the connection string.")
# #endregion guard
