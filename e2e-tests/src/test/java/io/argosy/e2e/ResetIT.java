package io.argosy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code up} did to a machine, {@code reset} undoes: links, mounts, rules, settings, folders, processes. */
@ExtendWith(Machines.class)
class ResetIT {

    private static final String STATE = """
            echo == links; ip -o link | sed 's/@.*//; s/^[0-9]*: //' | sort
            echo == addresses; ip -o address | awk '{print $2, $4}' | sort
            echo == routes; ip route | sort
            echo == namespaces; ls /run/netns 2>/dev/null
            echo == mounts; awk '{print $5}' /proc/self/mountinfo | grep -v '^/proc/sys/fs/binfmt_misc' | sort
            echo == rules; nft list ruleset
            echo == settings; cd /proc/sys; for f in net/ipv4/ip_forward net/bridge/bridge-nf-call-iptables \\
            net/ipv4/conf/all/* vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/*; do
            [ ! -e $f ] || echo $f $(cat $f); done
            echo == cgroups; find /sys/fs/cgroup -type d | grep -E 'kube|cri-' | sort
            echo == folders; ls -d /etc/argosy /var/lib/argosy /run/argosy /var/log/argosy /var/lib/kubelet /var/log/pods \
            /var/log/containers /etc/cni/net.d/10-argosy.conflist /root/.kube/config 2>/dev/null
            echo == inside; ls -R /var/lib/kubelet /var/log/pods 2>/dev/null
            echo == units; ls /etc/systemd/system | grep argosy
            echo == processes; ps -eo comm= | grep -E 'java|etcd|containerd|pause' | sort
            true
            """;

    @Test
    void leavesTheMachineAsItWas() throws Exception {
        try (Machine machine = Machine.start(Machines.distribution(), "node2")) {
            machine.sh("mkdir -p /var/lib/kubelet/pods/of-others /var/log/pods");
            String before = machine.sh(STATE);
            machine.must(Machine.ARGOSY, "up");
            machine.must(Machine.ARGOSY, "reset", "--yes");
            assertEquals(before, machine.sh(STATE));
            assertEquals(
                    "There is no cluster on this machine; nothing to do.\n",
                    machine.must(Machine.ARGOSY, "reset", "--yes"));
        }
    }
}
