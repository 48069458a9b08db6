package io.argosy.deploy.layering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project's own sources.
 *
 * @param root the folder of the whole project
 */
record SourceTree(Path root) {

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(io\\.argosy\\.[\\w.]+);", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

    /**
     * One file.
     *
     * @param module folder of its module below the root
     */
    record Source(Path file, String module, String text) {

        String packageName() {
            return PACKAGE.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse("");
        }

        Set<String> imports() {
            return IMPORT.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .collect(Collectors.toSet());
        }

        int lines() {
            return (int) text.lines().count();
        }
    }

    /** Found from the folder that a test runs in: the first one upwards with the start script. */
    static SourceTree find() {
        Optional<Path> folder = Stream.iterate(Path.of("").toAbsolutePath(), each -> each != null, Path::getParent)
                .filter(each -> Files.isRegularFile(each.resolve("argosy")))
                .findFirst();
        return new SourceTree(
                folder.orElseThrow(() -> new IllegalStateException("no start script in any folder above")));
    }

    /** All Java files of all modules below a part of them: {@code main} or {@code test}. */
    List<Source> java(String part) {
        String middle = "/src/" + part + "/java/";
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .filter(file -> file.toString().contains(middle))
                    .map(this::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Source read(Path file) {
        String relative = root.relativize(file).toString();
        try {
            return new Source(file, relative.substring(0, relative.indexOf("/src/")), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
