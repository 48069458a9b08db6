package io.argosy.kubelet.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The control group file systems of this host, of version 1 (one hierarchy per controller) or 2 (one for all). */
public final class CgroupFiles {

    private static final Set<String> USED =
            Set.of("cpu", "cpuacct", "cpuset", "memory", "pids", "blkio", "devices", "freezer", "hugetlb", "systemd");
    private static final List<String> DELEGATED = List.of("cpu", "cpuset", "memory", "pids", "io", "hugetlb");

    private final boolean unified;
    private final Map<String, Path> hierarchies;

    private CgroupFiles(boolean unified, Map<String, Path> hierarchies) {
        this.unified = unified;
        this.hierarchies = Map.copyOf(hierarchies);
    }

    /** Finds what is mounted below {@code /sys/fs/cgroup}. */
    public static CgroupFiles ofHost() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    }

    static CgroupFiles parse(List<String> mountInfo) {
        Map<String, Path> found = new LinkedHashMap<>();
        for (String line : mountInfo) {
            int dash = line.indexOf(" - ");
            String point = line.split(" ")[4];
            String[] source = line.substring(dash + 3).split(" ");
            if (source[0].equals("cgroup2") && point.equals("/sys/fs/cgroup")) {
                return new CgroupFiles(true, Map.of("", Path.of(point)));
            }
            if (source[0].equals("cgroup2") && point.startsWith("/sys/fs/cgroup/")) {
                // Beside version 1 the runtime makes its groups here too; they are ours to remove.
                found.put("unified", Path.of(point));
            }
            if (source[0].equals("cgroup") && point.startsWith("/sys/fs/cgroup/")) {
                for (String option : source[2].split(",")) {
                    String name = option.startsWith("name=") ? option.substring("name=".length()) : option;
                    if (USED.contains(name)) {
                        found.put(name, Path.of(point));
                    }
                }
            }
        }
        return new CgroupFiles(false, found);
    }

    public boolean unified() {
        return unified;
    }

    public boolean has(String controller) {
        return unified || hierarchies.containsKey(controller);
    }

    /** The directory of a group in the hierarchy of a controller. */
    public Path directory(String controller, String group) {
        Path root = unified ? hierarchies.get("") : hierarchies.get(controller);
        if (root == null) {
            throw new IllegalArgumentException("controller " + controller + " is not mounted");
        }
        return root.resolve(group.startsWith("/") ? group.substring(1) : group);
    }

    /** Makes a group and its ancestors everywhere. */
    void create(String group) throws IOException {
        if (unified) {
            createUnified(group);
            return;
        }
        for (Map.Entry<String, Path> hierarchy : hierarchies.entrySet()) {
            if (hierarchy.getKey().equals("unified")) {
                continue;
            }
            Path at = hierarchy.getValue();
            for (Path part : Path.of(group.substring(1))) {
                Path parent = at;
                at = at.resolve(part);
                if (!Files.isDirectory(at)) {
                    Files.createDirectories(at);
                    inheritCpuset(parent, at);
                }
            }
        }
    }

    // A cpuset of version 1 starts empty, and nothing can run in it.
    private static void inheritCpuset(Path parent, Path group) throws IOException {
        for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
            Path own = group.resolve(file);
            if (Files.exists(own) && Files.readString(own).isBlank()) {
                write(own, Files.readString(parent.resolve(file)).strip());
            }
        }
    }

    private void createUnified(String group) throws IOException {
        Path at = hierarchies.get("");
        for (Path part : Path.of(group.substring(1))) {
            delegate(at);
            at = at.resolve(part);
            Files.createDirectories(at);
        }
        delegate(at.getParent());
    }

    private static void delegate(Path group) throws IOException {
        List<String> offered = List.of(
                Files.readString(group.resolve("cgroup.controllers")).strip().split(" "));
        List<String> given = List.of(Files.readString(group.resolve("cgroup.subtree_control"))
                .strip()
                .split(" "));
        for (String controller : DELEGATED) {
            if (offered.contains(controller) && !given.contains(controller)) {
                write(group.resolve("cgroup.subtree_control"), "+" + controller);
            }
        }
    }

    /** Sets a value where the controller is there. */
    void set(String controller, String group, String file, String value) throws IOException {
        if (!has(controller)) {
            return;
        }
        Path path = directory(controller, group).resolve(file);
        if (Files.exists(path) && !Files.readString(path).strip().equals(value)) {
            write(path, value);
        }
    }

    public Optional<String> read(String controller, String group, String file) {
        if (!has(controller)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Files.readString(directory(controller, group).resolve(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Removes a group and those below it; what still has processes stays and is an error. */
    void remove(String group) throws IOException {
        for (Path root : Set.copyOf(hierarchies.values())) {
            Path top = root.resolve(group.substring(1));
            if (!Files.isDirectory(top)) {
                continue;
            }
            List<Path> groups = new ArrayList<>();
            try (Stream<Path> all = Files.walk(top)) {
                all.filter(Files::isDirectory).forEach(groups::addFirst);
            }
            for (Path one : groups) {
                // The runtime may remove it meanwhile.
                Files.deleteIfExists(one);
            }
        }
    }

    private static void write(Path path, String value) throws IOException {
        // The kernel takes a value in one write and has nothing to truncate.
        Files.write(path, value.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    }
}
