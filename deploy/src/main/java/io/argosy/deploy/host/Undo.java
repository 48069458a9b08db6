package io.argosy.deploy.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Takes back what the ledger says was changed, newest first; may be repeated after a failure. */
public final class Undo {

    private static final List<String> HIERARCHIES = List.of(
            "",
            "unified",
            "systemd",
            "memory",
            "cpu",
            "cpuacct",
            "cpu,cpuacct",
            "cpuset",
            "pids",
            "blkio",
            "devices",
            "freezer",
            "hugetlb",
            "net_cls",
            "net_prio",
            "net_cls,net_prio",
            "perf_event",
            "rdma",
            "misc");

    private final Ledger ledger;

    public Undo(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Returns what could not be undone, with the reason; empty when the machine is as it was. */
    public List<String> all() {
        List<String> failures = new ArrayList<>();
        for (Ledger.Entry entry : ledger.newestFirst()) {
            if (!failures.isEmpty() && ledger.liesBelow(entry)) {
                // Without the ledger nobody could try again.
                continue;
            }
            try {
                undo(entry);
            } catch (IOException | IllegalStateException e) {
                failures.add(entry.kind() + " " + entry.subject() + ": " + e.getMessage());
            }
        }
        return failures;
    }

    private static void undo(Ledger.Entry entry) throws IOException {
        switch (entry.kind()) {
            case SYSCTL -> {
                Path file = Path.of("/proc/sys").resolve(entry.subject());
                if (Files.exists(file)) {
                    Files.writeString(file, entry.former());
                }
            }
            case PATH -> {
                unmountBelow(entry.subject());
                delete(Path.of(entry.subject()));
            }
            case CONTENTS -> {
                Set<String> former = Set.of(entry.former().split("/"));
                for (Path inside : inside(Path.of(entry.subject()))) {
                    if (!former.contains(String.valueOf(inside.getFileName()))) {
                        unmountBelow(inside.toString());
                        delete(inside);
                    }
                }
            }
            case MOUNT -> unmountBelow(entry.subject());
            case LINK -> {
                if (Command.run("ip", "link", "show", "dev", entry.subject()).ok()) {
                    Command.must("ip", "link", "delete", "dev", entry.subject());
                }
            }
            case TABLE -> {
                String[] table = entry.subject().split(" ");
                if (Command.run("nft", "list", "table", table[0], table[1]).ok()) {
                    Command.must("nft", "delete", "table", table[0], table[1]);
                }
            }
            case CGROUP -> removeCgroups(entry.subject());
        }
    }

    private static List<Path> inside(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Unmounts all mount points at or below {@code folder}, the last mounted first: it may cover earlier ones. */
    public static void unmountBelow(String folder) throws IOException {
        for (String point : mountPoints().reversed()) {
            if (!point.equals(folder) && !point.startsWith(folder + "/")) {
                continue;
            }
            Command.Result result = Command.run("umount", point);
            if (!result.ok()) {
                Command.must("umount", "--lazy", point);
            }
        }
    }

    /** All mount points of this machine, the first mounted first. */
    static List<String> mountPoints() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .map(line -> line.split(" ")[1].replace("\\040", " "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what is mounted", e);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void removeCgroups(String name) throws IOException {
        if (name.endsWith(".slice") && Machine.systemdIsInit()) {
            Command.run("systemctl", "stop", name);
        }
        for (String hierarchy : HIERARCHIES) {
            Path group = Path.of("/sys/fs/cgroup").resolve(hierarchy).resolve(name);
            if (!Files.isDirectory(group)) {
                continue;
            }
            try (Stream<Path> tree = Files.walk(group)) {
                for (Path folder : tree.filter(Files::isDirectory)
                        .sorted(Comparator.reverseOrder())
                        .toList()) {
                    Files.deleteIfExists(folder);
                }
            }
        }
    }
}
