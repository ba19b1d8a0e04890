# Installs the packages named as arguments, as root, without starting a service on a public
# port now or at the next start of the machine. Leaves the machine's settings as it found them.
set -eu
export DEBIAN_FRONTEND=noninteractive

policy=/usr/sbin/policy-rc.d
saved=$policy.before-belfry
cluster=/etc/postgresql-common/createcluster.d/belfry.conf

restore() {
    rm -f "$policy" "$cluster"
    if [ -e "$saved" ]; then mv "$saved" "$policy"; fi
    rmdir --ignore-fail-on-non-empty /etc/postgresql-common/createcluster.d /etc/postgresql-common 2>/dev/null || true
}
trap restore EXIT
trap 'exit 130' HUP INT TERM

# A package's own script asks this policy before it starts a service: 101 forbids it.
if [ -e "$policy" ] && [ ! -e "$saved" ]; then mv "$policy" "$saved"; fi
printf '#!/bin/sh\nexit 101\n' > "$policy"
chmod 755 "$policy"
# PostgreSQL's package makes a cluster that starts with the machine, unless told not to.
mkdir -p "${cluster%/*}"
echo 'create_main_cluster = false' > "$cluster"

before=$(dpkg-query -W -f '${Package}\n' 2>/dev/null | sort)
apt-get update -qq
apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >&2

# Only what was not there before: somebody else's Redis stays as it is.
if [ -d /run/systemd/system ]; then
    for service in redis-server rabbitmq-server; do
        if ! echo "$before" | grep -qx "$service"; then
            systemctl disable --quiet "$service" 2>/dev/null || true
        fi
    done
fi
