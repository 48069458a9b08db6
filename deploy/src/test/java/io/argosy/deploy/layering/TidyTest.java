package io.argosy.deploy.layering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.argosy.deploy.layering.SourceTree.Source;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TidyTest {

    /** What nobody reads at once any more. */
    private static final int LONGEST = 490;

    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern VAGUE = Pattern.compile("\\.(util|utils|common|helper|helpers|misc|impl)(\\.|$)");

    private final List<Source> sources = SourceTree.find().java("main");

    @Test
    void findsTheSources() {
        assertFalse(sources.isEmpty());
    }

    @Test
    void filesAreShort() {
        assertEquals(Set.of(), names(source -> source.lines() > LONGEST));
    }

    @Test
    void packagesSayWhatTheyAre() {
        assertEquals(
                Set.of(),
                names(source -> !Files.exists(source.file().resolveSibling("package-info.java"))
                        && !source.module().endsWith("generator")));
    }

    @Test
    void packagesHaveNamesThatSaySomething() {
        assertEquals(
                Set.of(), names(source -> VAGUE.matcher(source.packageName()).find()));
    }

    @Test
    void nothingIsLeftForLater() {
        assertEquals(Set.of(), names(source -> UNFINISHED.matcher(source.text()).find()));
    }

    private Set<String> names(Predicate<Source> wrong) {
        return sources.stream()
                .filter(wrong)
                .map(source -> source.module() + ": " + source.file().getFileName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
