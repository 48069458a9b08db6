# The first process of a machine in a container: gives it cgroups of its own and settings that it may change, then becomes
# systemd. The container has a cgroup namespace, so what is mounted here shows nothing of the host's groups, and no mount
# of the host's is shared with it: nothing that a machine remounts can reach the host.
set -e
cgroups=/sys/fs/cgroup
if [ -e $cgroups/cgroup.controllers ]; then
    mount -o remount,bind,rw $cgroups
else
    awk '$5 ~ "^/sys/fs/cgroup" { print $5 }' /proc/self/mountinfo | sort -r | while read -r point; do umount "$point"; done
    mount -t tmpfs -o mode=755 tmpfs $cgroups
    while IFS=: read -r _ controllers _; do
        case $controllers in
        '') ;;
        name=*)
            mkdir "$cgroups/${controllers#name=}"
            mount -t cgroup -o "none,$controllers" cgroup "$cgroups/${controllers#name=}"
            ;;
        *)
            mkdir "$cgroups/$controllers"
            mount -t cgroup -o "$controllers" cgroup "$cgroups/$controllers"
            for controller in $(echo "$controllers" | tr , ' '); do
                [ -e "$cgroups/$controller" ] || ln -s "$controllers" "$cgroups/$controller"
            done
            ;;
        esac
    done </proc/self/cgroup
    set -- systemd.unified_cgroup_hierarchy=0
fi
mount -o remount,bind,rw /proc/sys
# Other kubelets want to read the kernel's messages, which a container has not.
[ -e /dev/kmsg ] || ln -s /dev/null /dev/kmsg
mount -o remount,rw /sys
mount --make-rshared /
exec /sbin/init "$@"
