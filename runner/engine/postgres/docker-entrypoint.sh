#!/bin/bash
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

# Runs SQL against the temporary server. Scripts that are sourced may use it too.
docker_process_sql() {
  if ! command -v psql >/dev/null; then
    fail "Error: an SQL script is to be run, and psql is not installed on the machine that hosts this container. Its owner can add it: apt-get install postgresql-client"
  fi
  PGHOST=/var/run/postgresql PGPASSWORD=$POSTGRES_PASSWORD \
    psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}

run_script() {
  case $1 in
    *.sh)
      if [ -x "$1" ]; then
        echo "$0: running $1"
        "$1"
      else
        echo "$0: sourcing $1"
        # shellcheck source=/dev/null
        . "$1"
      fi
      ;;
    *.sql) echo "$0: running $1" && docker_process_sql -f "$1" ;;
    *.sql.gz) echo "$0: running $1" && gunzip -c "$1" | docker_process_sql ;;
    *.sql.xz) echo "$0: running $1" && xzcat "$1" | docker_process_sql ;;
    *.sql.zst) echo "$0: running $1" && zstd -dc "$1" | docker_process_sql ;;
    *) echo "$0: ignoring $1" ;;
  esac
  echo
}

# Scripts meet a server that only they can reach; the one that everybody reaches starts after them.
run_scripts() {
  set -- "$PGDATA" /docker-entrypoint-initdb.d/*
  if [ ! -e "$2" ]; then
    # There is nothing to run, and the database was made without a server. Clients that wait for the second time that
    # the log says so find the first one all the same.
    printf '%s UTC [%s] LOG:  database system is ready to accept connections\n' "$(date -u '+%F %T.000')" "$$" >&2
    return
  fi
  PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p 5432" -w start
  shift
  for script; do run_script "$script"; done
  PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -m fast -w stop
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

  {
    # Whoever reaches this server comes through the container's loopback. Its other addresses are those of other containers.
    echo "listen_addresses = 'localhost'"
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

# A cluster that was made in advance, and that no server has used yet, is as good as one that has just been made.
made_in_advance=$PGDATA/made-in-advance

if [ "${1:-}" = postgres ]; then
  if [ "${2:-}" = --initialise-only ]; then
    initialise
    touch "$made_in_advance"
    exit 0
  fi
  if [ -s "$PGDATA/PG_VERSION" ] && [ ! -e "$made_in_advance" ]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
  else
    [ -e "$made_in_advance" ] || initialise
    rm -f "$made_in_advance"
    run_scripts
    printf '\nPostgreSQL init process complete; ready for start up.\n\n'
  fi
fi
exec "$@"
