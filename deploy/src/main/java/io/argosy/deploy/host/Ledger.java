package io.argosy.deploy.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was changed on this machine, written down before each change, so that {@code argosy reset} can undo it in reverse
 * order however far {@code up} came. One entry a line: kind, subject and former value, separated by tabs.
 */
public final class Ledger {

    /** The kinds of changes, each undone in its own way. */
    public enum Kind {
        /** Subject: a key below {@code /proc/sys} with slashes; former: its value. */
        SYSCTL,
        /** Subject: a path that was absent; undone by deleting it with all below it. */
        PATH,
        /**
         * Subject: a folder that was there; former: the names in it, separated by slashes. Undone by unmounting and deleting
         * what came into it since.
         */
        CONTENTS,
        /** Subject: a folder that was no mount point; undone by unmounting what is mounted there and below. */
        MOUNT,
        /** Subject: a network link that was absent. */
        LINK,
        /** Subject: family and name of an nftables table that was absent. */
        TABLE,
        /** Subject: a cgroup path, below each hierarchy, that was absent. */
        CGROUP
    }

    /** One change. */
    public record Entry(Kind kind, String subject, String former) {
        String line() {
            return kind + "\t" + subject + "\t" + former;
        }

        static Optional<Entry> parse(String line) {
            String[] parts = line.split("\t", 3);
            return parts.length == 3
                    ? Optional.of(new Entry(Kind.valueOf(parts[0]), parts[1], parts[2]))
                    : Optional.empty();
        }
    }

    private final Path file;

    public Ledger(Path file) {
        this.file = file;
    }

    /** Writes the entry down, forced to disk, unless its subject stands there already. */
    public void record(Kind kind, String subject, String former) {
        boolean known = entries().stream()
                .anyMatch(entry -> entry.kind() == kind && entry.subject().equals(subject));
        if (known) {
            return;
        }
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(
                    file,
                    new Entry(kind, subject, former).line() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ledger " + file, e);
        }
    }

    /** Whether undoing an entry would take this ledger away. */
    boolean liesBelow(Entry entry) {
        return entry.kind() == Kind.PATH && file.startsWith(entry.subject());
    }

    /** Records {@code path} if nothing is there. */
    public void recordAbsent(Path path) {
        if (!Files.exists(path)) {
            record(Kind.PATH, path.toString(), "");
        }
    }

    /** Records the folder with what is in it, or as absent. */
    public void recordContents(Path folder) {
        recordAbsent(folder);
        if (entries().stream().anyMatch(entry -> entry.kind() == Kind.PATH && folder.startsWith(entry.subject()))) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            String names = inside.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .collect(Collectors.joining("/"));
            record(Kind.CONTENTS, folder.toString(), names);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Records that nothing is mounted on the folder, if so; one that is absent has no need of it. */
    public void recordUnmounted(Path folder) {
        if (Files.exists(folder) && !Undo.mountPoints().contains(folder.toString())) {
            record(Kind.MOUNT, folder.toString(), "");
        }
    }

    /** All entries, oldest first; a line cut short by a crash is left out, as its change was never made. */
    public List<Entry> entries() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(Entry::parse)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the ledger " + file, e);
        }
    }

    public List<Entry> newestFirst() {
        return new ArrayList<>(entries()).reversed();
    }
}
