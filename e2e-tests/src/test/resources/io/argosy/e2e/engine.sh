# engine.sh RUN DATA BRIDGE ADDRESS INSTANCES WATCHES
# Runs a Docker engine of the tests' own as long as its standard input is open, that is, as long as the tests live, however
# they end. Then it puts back what it changed on this computer: the bridge, and two limits that all machines in containers
# share with the host.
run=$1
data=$2
bridge=$3
address=$4
instances=/proc/sys/fs/inotify/max_user_instances
watches=/proc/sys/fs/inotify/max_user_watches
former_instances=$(cat $instances)
former_watches=$(cat $watches)

mkdir -p "$run" "$data"
if [ -r "$run/docker.pid" ] && grep -q dockerd "/proc/$(cat "$run/docker.pid")/comm" 2>/dev/null; then
    echo "an engine of other tests runs: process $(cat "$run/docker.pid")" >&2
    exit 1
fi
[ "$former_instances" -ge "$5" ] || echo "$5" >$instances
[ "$former_watches" -ge "$6" ] || echo "$6" >$watches
rm -f "$run/docker.pid"
ip link delete dev "$bridge" 2>/dev/null
ip link add name "$bridge" type bridge
ip address add "$address" dev "$bridge"
ip link set "$bridge" up
dockerd --data-root="$data" --exec-root="$run/exec" --host="unix://$run/docker.sock" --pidfile="$run/docker.pid" \
    --bridge="$bridge" --iptables=false --ip-masq=false --userland-proxy=false --default-cgroupns-mode=private \
    </dev/null >"$run/docker.log" 2>&1 &
engine=$!
trap '' INT TERM HUP
read -r _
kill $engine
wait $engine
ip link delete dev "$bridge"
echo "$former_instances" >$instances
echo "$former_watches" >$watches
