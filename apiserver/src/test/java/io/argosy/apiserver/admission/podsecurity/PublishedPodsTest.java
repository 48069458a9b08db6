package io.argosy.apiserver.admission.podsecurity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.defaults.Defaults;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pods that are published as passing and failing each level. */
class PublishedPodsTest {

    private static final VersionDefinition PODS = BuiltIns.definitions()
            .find(new GroupResource("", "pods"))
            .flatMap(pods -> pods.version("v1"))
            .orElseThrow();

    private static List<Path> pods(String level, String outcome) throws IOException {
        Path folder = PublishedSpec.folder("pod-security").resolve(level).resolve(outcome);
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String violations(Level level, Path file) throws IOException {
        ObjectValue tree = Requests.tree(Files.readString(file));
        Defaults.apply(tree, PODS);
        PodView pod = PodView.of(tree);
        return Violation.details(Standards.violations(new Standard(level, Release.LATEST), pod));
    }

    @Test
    void everyPodThatPassesIsLetIn() throws IOException {
        for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
            List<Path> pods = pods(level.toString(), "pass");
            assertTrue(pods.size() > 3);
            for (Path pod : pods) {
                assertEquals("", violations(level, pod), pod.toString());
            }
        }
    }

    @Test
    void everyPodThatFailsIsRefused() throws IOException {
        for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
            List<Path> pods = pods(level.toString(), "fail");
            assertTrue(pods.size() > 30);
            for (Path pod : pods) {
                assertNotEquals("", violations(level, pod), pod.toString());
            }
        }
    }
}
