#!/bin/sh
# The contract of the official image's entrypoint, for a container that is a sandbox: make the cluster that the
# environment asks for unless there is one, then become the server.
set -eu

: "${POSTGRES_USER:=postgres}"
: "${POSTGRES_DB:=$POSTGRES_USER}"
: "${POSTGRES_PASSWORD:=}"
: "${POSTGRES_INITDB_ARGS:=}"
: "${POSTGRES_HOST_AUTH_METHOD:=}"

fail() {
  echo "$*" >&2
  exit 1
}

initialise() {
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
    fail "Error: Database is uninitialized and superuser password is not specified. Set POSTGRES_PASSWORD to a non-empty value, or POSTGRES_HOST_AUTH_METHOD=trust to let everybody in."
  fi
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  password=$(mktemp)
  printf '%s\n' "$POSTGRES_PASSWORD" >"$password"
  # The arguments are a list of words by contract.
  # shellcheck disable=SC2086
  if [ -n "$POSTGRES_PASSWORD" ]; then
    initdb --username="$POSTGRES_USER" --pwfile="$password" -D "$PGDATA" --encoding=UTF8 --locale=C.UTF-8 $POSTGRES_INITDB_ARGS
  else
    initdb --username="$POSTGRES_USER" -D "$PGDATA" --encoding=UTF8 --locale=C.UTF-8 $POSTGRES_INITDB_ARGS
  fi
  rm -f "$password"

  # As the image's own sample file has them.
  {
    echo "listen_addresses = '*'"
    echo "unix_socket_directories = '/var/run/postgresql'"
  } >>"$PGDATA/postgresql.conf"
  method=$POSTGRES_HOST_AUTH_METHOD
  [ -n "$method" ] || method=$(postgres -C password_encryption -D "$PGDATA")
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

  if [ "$POSTGRES_DB" != postgres ]; then
    quoted=$(printf '%s' "$POSTGRES_DB" | sed 's/"/""/g')
    printf 'CREATE DATABASE "%s"\n' "$quoted" | postgres --single -j -D "$PGDATA" postgres >/dev/null
  fi
}

if [ "${1:-}" = postgres ]; then
  if [ -s "$PGDATA/PG_VERSION" ]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
  else
    initialise
    printf '\nPostgreSQL init process complete; ready for start up.\n\n'
  fi
  [ "${2:-}" != --initialise-only ] || exit 0
fi
exec "$@"
