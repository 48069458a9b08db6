package io.argosy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code up} did to a machine, {@code reset} undoes: links, mounts, rules, settings, folders, processes. */
@ExtendWith(Clusters.class)
class ResetIT {

    private static final String STATE = """
            echo == links; ip -o link | sed 's/@.*//; s/^[0-9]*: //' | sort
            echo == addresses; ip -o address | awk '{print $2, $4}' | sort
            echo == routes; ip route | sort
            echo == namespaces; ls /run/netns 2>/dev/null
            echo == mounts; awk '{print $5}' /proc/self/mountinfo | grep -v '^/proc/sys/fs/binfmt_misc' | sort
            echo == rules; nft list ruleset
            echo == settings; cd /proc/sys; for f in net/ipv4/ip_forward fs/inotify/max_user_instances \
            fs/inotify/max_user_watches; do echo $f $(cat $f); done
            echo == folders; ls -d /etc/argosy /var/lib/argosy /run/argosy /var/log/argosy /var/lib/kubelet /var/log/pods \
            /var/log/containers /etc/cni/net.d/10-argosy.conflist /root/.kube/config 2>/dev/null
            echo == units; ls /etc/systemd/system | grep argosy
            echo == processes; ps -eo comm= | grep -E 'java|etcd|containerd|pause' | sort
            true
            """;

    @Test
    void leavesTheMachineAsItWas() throws Exception {
        try (Machine machine = Machine.start(Path.of(System.getProperty("argosy.distribution")), "node2")) {
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
