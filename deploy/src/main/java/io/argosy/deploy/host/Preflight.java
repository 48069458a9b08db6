package io.argosy.deploy.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must hold on a machine before a cluster is set up on it. */
public final class Preflight {

    private static final Map<String, String> PROGRAMS = Map.of(
            "/usr/bin/etcd", "etcd-server",
            "/usr/bin/containerd", "containerd",
            "/usr/bin/ctr", "containerd",
            "/usr/sbin/runc", "runc",
            "/usr/lib/cni/bridge", "containernetworking-plugins",
            "/usr/sbin/nft", "nftables",
            "/usr/sbin/conntrack", "conntrack",
            "/usr/sbin/iptables", "iptables");

    private static final List<String> CONTROLLERS = List.of("cpu", "cpuset", "memory", "pids");

    private Preflight() {}

    /** One thing that is wrong, and how to put it right. */
    public record Problem(String what, String fix) {}

    /** How many checks there were, and what they found. */
    public record Report(int checks, List<Problem> problems) {}

    /** @param freePorts ports that the cluster will listen on, empty when it runs already */
    public static Report check(List<Integer> freePorts) {
        List<Problem> problems = new ArrayList<>();
        PROGRAMS.forEach((program, packageName) -> {
            if (!Files.isExecutable(Path.of(program))) {
                problems.add(new Problem(program + " is missing", "apt-get install " + packageName));
            }
        });
        for (int port : freePorts) {
            if (isOpen(port)) {
                problems.add(new Problem(
                        "Port " + port + " is taken by another process",
                        "find it with  ss -ltnp sport = :" + port + "  and stop it"));
            }
        }
        List<String> controllers = controllers();
        for (String controller : CONTROLLERS) {
            if (!controllers.contains(controller)) {
                problems.add(new Problem(
                        "The kernel offers no cgroup controller " + controller,
                        "enable it on the kernel command line (cgroup_enable=" + controller + ")"));
            }
        }
        for (String file : List.of("/proc/sys/net/ipv4/ip_forward", "/proc/sys/fs/inotify/max_user_instances")) {
            if (!Files.isWritable(Path.of(file))) {
                problems.add(
                        new Problem(file + " cannot be written", "run where the kernel's settings may be changed"));
            }
        }
        if (Machine.address().isEmpty()) {
            problems.add(new Problem(
                    "This machine has no IPv4 address but loopback", "give an interface an address, or add a route"));
        }
        return new Report(PROGRAMS.size() + freePorts.size() + CONTROLLERS.size() + 3, problems);
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> controllers() {
        try {
            Path unified = Path.of("/sys/fs/cgroup/cgroup.controllers");
            if (Files.exists(unified)) {
                return List.of(Files.readString(unified).strip().split(" "));
            }
            return Files.readAllLines(Path.of("/proc/cgroups")).stream()
                    .filter(line -> line.endsWith("\t1"))
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
