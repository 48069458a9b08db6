package io.argosy.deploy.node;

import java.util.List;
import java.util.Optional;

/**
 * A process that a node keeps running.
 *
 * @param name also of its log and its unit
 * @param command absolute program and arguments
 * @param address where it listens, as {@code status} shows it
 * @param killOnlyMain its children outlive it when it is stopped (containers under containerd)
 * @param cgroupDelegate it manages cgroups below its own
 * @param after the daemon that must be up before it, if any
 */
public record Daemon(
        String name,
        List<String> command,
        String address,
        boolean killOnlyMain,
        boolean cgroupDelegate,
        Optional<String> after) {

    public Daemon {
        command = List.copyOf(command);
    }

    static Daemon of(String name, String after, String address, List<String> command) {
        return new Daemon(
                name, command, address, false, false, after.isEmpty() ? Optional.empty() : Optional.of(after));
    }

    static Daemon ofContainers(String name, String after, String address, List<String> command) {
        return new Daemon(name, command, address, true, true, after.isEmpty() ? Optional.empty() : Optional.of(after));
    }
}
