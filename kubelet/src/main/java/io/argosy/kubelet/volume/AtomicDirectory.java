package io.argosy.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A directory whose whole content changes at once: files lie in a directory of their own, {@code ..data} points to it,
 * and each visible name points through {@code ..data}. Renaming one link switches all of them.
 *
 * <p>A reader that opened a file goes on with what it opened. A kill at any point leaves either the old content or the
 * new one visible; what is left over is removed by the next write.
 */
final class AtomicDirectory {

    private static final String DATA = "..data";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("'..'yyyy_MM_dd_HH_mm_ss.").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Optional<Long> group;

    AtomicDirectory(Path directory, Optional<Long> group) {
        this.directory = directory;
        this.group = group;
    }

    /** Makes the content equal to {@code files} (relative path to content); answers whether anything changed. */
    boolean write(Map<String, FileContent> files, Instant now) throws IOException {
        Optional<Path> current = current();
        if (current.isPresent() && same(current.get(), files)) {
            return false;
        }
        Path fresh = directory.resolve(
                STAMP.format(now) + ThreadLocalRandom.current().nextInt(1_000_000_000));
        Files.createDirectory(fresh);
        Files.setAttribute(fresh, "unix:mode", 0755);
        for (Map.Entry<String, FileContent> file : files.entrySet()) {
            writeFile(fresh, file.getKey(), file.getValue());
        }
        own(fresh);
        Path next = directory.resolve("..data_tmp");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, fresh.getFileName());
        Files.move(next, directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        linkNames(files.keySet());
        removeOthers(fresh);
        return true;
    }

    private Optional<Path> current() throws IOException {
        Path data = directory.resolve(DATA);
        if (!Files.isSymbolicLink(data)) {
            return Optional.empty();
        }
        Path target = directory.resolve(Files.readSymbolicLink(data));
        return Files.isDirectory(target) ? Optional.of(target) : Optional.empty();
    }

    private boolean same(Path current, Map<String, FileContent> files) throws IOException {
        Set<String> present = new HashSet<>();
        try (Stream<Path> all = Files.walk(current)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    present.add(current.relativize(path).toString());
                }
            }
        }
        if (!present.equals(files.keySet())) {
            return false;
        }
        for (Map.Entry<String, FileContent> file : files.entrySet()) {
            Path path = current.resolve(file.getKey());
            byte[] bytes = file.getValue().bytes();
            if (Files.size(path) != bytes.length || !java.util.Arrays.equals(Files.readAllBytes(path), bytes)) {
                return false;
            }
        }
        return Files.exists(
                directory.resolve(topName(files.keySet().stream().findFirst().orElse(DATA))),
                LinkOption.NOFOLLOW_LINKS);
    }

    private static void writeFile(Path fresh, String name, FileContent content) throws IOException {
        Path path = fresh.resolve(name).normalize();
        if (!path.startsWith(fresh)) {
            throw new IOException("path " + name + " leaves the volume");
        }
        Files.createDirectories(path.getParent());
        Files.write(path, content.bytes());
        Files.setAttribute(path, "unix:mode", content.mode());
        if (content.owner().isPresent()) {
            Files.setAttribute(path, "unix:uid", content.owner().get().intValue());
        }
    }

    private void own(Path fresh) throws IOException {
        if (group.isPresent()) {
            Ownership.give(fresh, group.get(), true);
        }
    }

    private void linkNames(Set<String> files) throws IOException {
        Set<String> wanted = new HashSet<>();
        files.forEach(f -> wanted.add(topName(f)));
        for (String name : wanted) {
            Path link = directory.resolve(name);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
        try (Stream<Path> present = Files.list(directory)) {
            for (Path path : (Iterable<Path>) present::iterator) {
                String name = path.getFileName().toString();
                if (!name.startsWith("..") && !wanted.contains(name)) {
                    Files.delete(path);
                }
            }
        }
    }

    private void removeOthers(Path kept) throws IOException {
        List<Path> old;
        try (Stream<Path> present = Files.list(directory)) {
            old = present.filter(p -> p.getFileName().toString().startsWith(".."))
                    .filter(p -> !p.equals(kept) && !p.getFileName().toString().equals(DATA))
                    .toList();
        }
        for (Path path : old) {
            Trees.delete(path);
        }
    }

    private static String topName(String file) {
        return Path.of(file).getName(0).toString();
    }
}
