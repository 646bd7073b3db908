#!/usr/bin/env bash
# What trial.sh runs in its machine, as root: each way of starting has the tier that the docs say, and its limits hold.
set -u
cd /opt/boundary
export PATH=/opt/boundary/node_modules/.bin:$PATH HOME=/root NO_COLOR=1
# An emulated machine is ten to twenty times slower.
export SLOWNESS=15
dmesg -n 1
find . -path ./node_modules -prune -o -exec chown boundary:boundary {} +
only=$(sed -n 's/.* only=\([^ ]*\).*/\1/p' /proc/cmdline)
uname -rv
systemctl --version | head -n 1

# expect WHAT TEXT COMMAND…: the command's output has to hold the text.
expect() {
  local what=$1 text=$2 output
  shift 2
  [[ $what == *"$only"* ]] || return
  output=$("$@" 2>&1)
  if grep -qF -- "$text" <<< "$output"; then echo "held    $what: $text"; else echo "FAILED  $what: no “$text” in:"; echo "$output"; fi
}
doctor=(node runner/cli/boundary.mjs doctor)
as_service() { systemd-run --quiet --wait --pipe --collect -p WorkingDirectory=/opt/boundary -E PATH="$PATH" -E SLOWNESS=$SLOWNESS "$@"; }
as_learner() {
  local bus=/run/user/$(id -u learner)
  setpriv --reuid learner --regid learner --init-groups env HOME=/tmp XDG_RUNTIME_DIR="$bus" DBUS_SESSION_BUS_ADDRESS="unix:path=$bus/bus" "$@"
}
hostile() { "$@" node runner/cli/unprivileged.ts node runner/test/hostile/main.ts "$case"; }

expect 'service of root' 'sandbox: cgroup2' as_service "${doctor[@]}"
expect 'service with User= and Delegate=yes' 'sandbox: cgroup2' as_service -p User=boundary -p Delegate=yes "${doctor[@]}"
expect 'service with User= alone' 'sandbox: rlimits' as_service -p User=boundary "${doctor[@]}"
loginctl enable-linger learner
sleep 10
expect 'user in a scope that is delegated' 'sandbox: cgroup2' as_learner systemd-run --user --scope -p Delegate=yes "${doctor[@]}"
expect 'user in a scope that is not' 'sandbox: rlimits' as_learner systemd-run --user --scope "${doctor[@]}"
# No controllers to be had: the reason is told.
mount --bind -o ro /sys/fs/cgroup /sys/fs/cgroup && mount -o remount,bind,ro /sys/fs/cgroup
expect 'root with groups that are read-only' 'EROFS' "${doctor[@]}"
umount /sys/fs/cgroup

expect 'tests of the sandbox' '0 failed' bash -c 'node runner/cli/unprivileged.ts vitest run --configLoader native --project unit --testTimeout 200000 runner/sandbox/sandbox.test.ts -t "memory ran out|swap|children|its own folders" && echo 0 failed'
for case in memory/buffers processes/fork-bomb; do
  expect "hostile $case, root" '0 failed, 0 skipped' hostile env
  expect "hostile $case, Delegate=yes" '0 failed, 0 skipped' hostile as_service -p User=boundary -p Delegate=yes
done
expect 'groups are gone' 'none left' bash -c 'find /sys/fs/cgroup -name "sandbox-*" -type d | grep . || echo none left'

# Docker, with the machine's own files for an image: nothing has to be pulled.
modprobe overlay
dockerd --iptables=false --ip6tables=false --bridge=none > /tmp/dockerd.log 2>&1 &
for _ in $(seq 60); do docker info > /dev/null 2>&1 && break; sleep 2; done
mkdir -p /image/{usr,opt/boundary,run,var,etc}
install -d -m 1777 /image/tmp
for folder in bin sbin lib lib64; do ln -s usr/$folder /image/$folder; done
cp /etc/passwd /etc/group /etc/nsswitch.conf /image/etc/
tar -C /image -c . | docker import - machine > /dev/null
in_docker() {
  docker run --rm --network none -v /usr:/usr:ro -v /opt/boundary:/opt/boundary -v /opt/boundary/node_modules:/opt/boundary/node_modules:ro \
    -v /etc/ld.so.cache:/etc/ld.so.cache:ro -w /opt/boundary -e PATH="$PATH" "$@"
}
unconfined=(--cap-add SYS_ADMIN --cgroupns=private)
for option in seccomp systempaths apparmor; do unconfined+=(--security-opt $option=unconfined); done
expect 'Docker as it is' 'sandbox: none' in_docker machine "${doctor[@]}"
expect 'Docker, groups read-only' 'EROFS' in_docker "${unconfined[@]}" machine "${doctor[@]}"
expect 'Docker, privileged, groups of its own' 'sandbox: cgroup2' in_docker --privileged --cgroupns=private machine "${doctor[@]}"
echo 'All of it was tried.'
