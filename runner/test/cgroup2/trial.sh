#!/usr/bin/env bash
# Tries the runner's control groups on cgroup v2, in a virtual machine that needs no KVM. Not part of npm test: it needs
# root, Debian on x64 with the packages debootstrap, qemu-system-x86, cpio and e2fsprogs, 6 GB of disk, and up to an hour.
#
#   npm run build && sudo runner/test/cgroup2/trial.sh [WORD]
#
# With a word, such as service, hostile or Docker, only what has it in its name is tried.
# The machine is a Debian with systemd, made once under .cache/cgroup2. It gets a copy of the checkout as it stands, runs
# inside.sh beside this file, and ends. What inside.sh prints comes out here; each of its lines that begins with FAILED
# is something that did not hold.
set -euo pipefail
checkout=$(cd "$(dirname "$0")/../../.." && pwd)
made=$checkout/.cache/cgroup2
release=bookworm
mkdir -p "$made"
cd "$made"

make_root() {
  local packages=systemd,systemd-sysv,libpam-systemd,dbus,dbus-user-session,bubblewrap,git,kmod,procps,curl,libatomic1,libstdc++6
  rm -rf root kernel ./*.deb
  debootstrap --variant=minbase --include=$packages,docker.io,apparmor,busybox-static $release root
  apt-get download "$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image/ { print $2 }')"
  dpkg-deb -x linux-image-*.deb kernel
  cp -a kernel/lib/modules root/lib/
  chroot root depmod "$(ls kernel/lib/modules)"
  for unit in docker.service docker.socket containerd.service; do chroot root systemctl disable $unit; done
  chroot root useradd --system --user-group --create-home --home-dir /var/lib/boundary boundary
  chroot root useradd --create-home learner
  # Where the checkout is found, and what is run once the machine is up.
  cat > root/etc/systemd/system/trial.service <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
TimeoutStartSec=infinity
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
ExecStartPre=mkdir -p /opt/boundary/node_modules
ExecStartPre=mount -o ro /dev/vdb /opt/boundary/node_modules
ExecStartPre=tar xf /dev/vdc -C /opt/boundary --no-same-owner
ExecStart=bash /opt/boundary/runner/test/cgroup2/inside.sh
ExecStopPost=systemctl --no-block poweroff
UNIT
  mkdir -p root/etc/systemd/system/multi-user.target.wants root/etc/systemd/system/default.target.wants
  ln -sf ../trial.service root/etc/systemd/system/default.target.wants/
  ln -sf /dev/null root/etc/systemd/system/serial-getty@ttyS0.service
  rm -rf root/usr/share/{doc,man} root/var/cache/apt/archives/*.deb
  mke2fs -q -F -t ext4 -d root root.img 3G
}

# The kernel has the drivers of its disks as modules only.
make_initrd() {
  local version module
  version=$(ls kernel/lib/modules)
  rm -rf initrd
  mkdir -p initrd/{bin,dev,proc,sys,root}
  cp root/bin/busybox initrd/bin/
  for module in sh mount insmod switch_root; do ln -s busybox initrd/bin/$module; done
  printf '%s\n' '#!/bin/sh' 'mount -t devtmpfs dev /dev; mount -t proc proc /proc; mount -t sysfs sys /sys' > initrd/init
  for module in virtio_pci virtio_blk crc32c_generic; do chroot root modprobe -S "$version" --show-depends $module; done |
    awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r file; do
    cp "root$file" initrd/
    echo "insmod /$(basename "$file")" >> initrd/init
  done
  echo 'mount -o rw /dev/vda /root && exec switch_root /root /sbin/init' >> initrd/init
  chmod +x initrd/init
  (cd initrd && find . | cpio -o -H newc --quiet | gzip) > initrd.gz
}

[ -f root.img ] || make_root
[ -f initrd.gz ] || make_initrd
# Packages change seldom, and are large: a disk of their own. What of the checkout git knows, and the site, are another.
if [ ! -f packages.img ] || [ "$checkout/package-lock.json" -nt packages.img ]; then
  mke2fs -q -F -t ext4 -O ^has_journal -d "$checkout/node_modules" packages.img 2500M
fi
(cd "$checkout" && git -c safe.directory="$checkout" ls-files -co --exclude-standard -z | tar --null -cf "$made/checkout.tar" -T - dist)
truncate -s %512 checkout.tar

# A disk that only this run sees.
cp --sparse=always root.img run.img
nice -n 10 qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 4096 -nic none -nographic -no-reboot \
  -kernel kernel/boot/vmlinuz-* -initrd initrd.gz -append "console=ttyS0 quiet no_timer_check panic=-1 only=${1:-}" \
  -drive file=run.img,if=virtio,format=raw,cache=unsafe \
  -drive file=packages.img,if=virtio,format=raw,readonly=on \
  -drive file=checkout.tar,if=virtio,format=raw,readonly=on < /dev/null | tee output.txt
rm run.img
# The last line of inside.sh; without it the machine ended early.
grep -q '^All of it was tried' output.txt && ! grep -q '^FAILED' output.txt
