#!/bin/bash
# The contract of the official image's entrypoint, for a container that is a sandbox: options alone, or a configuration
# file, are the server's; anything else is another program.
set -eu

if [ "${1:-}" = redis-server ] || [ "${1:-}" = valkey-server ]; then shift
elif [ $# -gt 0 ] && [ "${1#-}" = "$1" ] && [ "${1%.conf}" = "$1" ]; then exec "$@"
fi

file=
if [ $# -gt 0 ] && [ "${1%.conf}" != "$1" ]; then
  file=$1
  shift
fi
# Whoever reaches this server comes through the container's loopback, so there is nobody to be protected from.
exec -a redis-server "$BOUNDARY_REDIS_SERVER" ${file:+"$file"} --bind 127.0.0.1 --protected-mode no "$@"
