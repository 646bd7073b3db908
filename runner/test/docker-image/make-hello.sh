#!/bin/bash
# Makes an image that stands for the one that testcontainers-node's own tests use, for a Docker daemon on a machine that
# cannot pull: the small HTTP server that the sandboxed engine offers by that name, on a Debian like that of make.sh, with
# the programs of the original, which is an Alpine, that those tests call: curl, wget, ping, getpcaps and BusyBox's ls.
#
#   sudo runner/test/docker-image/make-hello.sh [REFERENCE]
#
# REFERENCE is cristianrgreco/testcontainer:1.1.14 unless given. Where it is there already, nothing is done.
set -euo pipefail

reference=${1:-cristianrgreco/testcontainer:1.1.14}
project=$(cd "$(dirname "$0")/../../.." && pwd)
if docker image inspect "$reference" >/dev/null 2>&1; then
  echo "$reference is there already."
  exit 0
fi

base=boundary/hello-base:2
"$project/runner/test/docker-image/make.sh" "$base" curl,wget,iputils-ping,libcap2-bin,busybox
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp "$(readlink -f "$project/node_modules/.bin/node")" "$context/node"
cp "$project"/runner/engine/hello/{index.js,passwd,localhost.key,localhost.crt} "$context"
# In a sandbox the server listens on its loopback, where it is reached; in Docker on every address, as the original does.
sed -i "s/^const host = .*/const host = '0.0.0.0';/" "$context/index.js"
grep -q "^const host = '0.0.0.0';" "$context/index.js"
# A minimal Debian lacks a library that Node may be linked with.
mkdir "$context/libraries"
ldd "$context/node" | awk '$1 ~ /^libatomic/ { print $3 }' | xargs -r cp -L -t "$context/libraries"
cat >"$context/Dockerfile" <<DOCKERFILE
FROM $base
USER 0:0
COPY node /usr/local/bin/node
COPY libraries/ /usr/local/lib/
COPY index.js passwd /
COPY localhost.key localhost.crt /etc/hello/
RUN mv /passwd /etc/passwd && ldconfig && ln -s /bin/busybox /usr/local/bin/ls
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
STOPSIGNAL SIGTERM
EXPOSE 8080
ENTRYPOINT []
CMD ["node", "index.js"]
DOCKERFILE
DOCKER_BUILDKIT=0 docker build --quiet --tag "$reference" "$context"
