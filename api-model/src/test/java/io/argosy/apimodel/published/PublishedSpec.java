package io.argosy.apimodel.published;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The API as Kubernetes publishes it: documents, fixtures, roles, flags. They are no part of this repository. They are
 * looked for in the folder that the property {@code argosy.spec} or the variable {@code ARGOSY_SPEC} names; else in
 * {@code shared/spec} beside the folder that holds this repository, or beside any folder above that.
 */
public final class PublishedSpec {

    private static final String ELSEWHERE = "shared/spec";

    private PublishedSpec() {}

    /** The whole of it; a test that asks for it is skipped where there is none. */
    public static Path folder() {
        Optional<Path> found = find();
        assumeTrue(
                found.isPresent(),
                "what Kubernetes publishes is not at hand: there is no " + ELSEWHERE
                        + " in any folder above this one, and neither -Dargosy.spec nor ARGOSY_SPEC names one");
        return found.orElseThrow();
    }

    public static Path folder(String part) {
        return folder().resolve(part);
    }

    private static Optional<Path> find() {
        String said = System.getProperty("argosy.spec", System.getenv().getOrDefault("ARGOSY_SPEC", ""));
        Stream<Path> places = said.isEmpty()
                ? Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                        .map(folder -> folder.resolve(ELSEWHERE))
                : Stream.of(Path.of(said));
        return places.filter(Files::isDirectory).findFirst();
    }
}
