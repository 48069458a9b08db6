package io.argosy.controllermanager.namespace;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is left in a namespace.
 *
 * @param objects how many by resource
 * @param finalizers how many by the finalizer that holds them
 * @param failures deletions that failed
 * @param estimate when the first of the graceful deletions should be done
 */
record Remaining(
        Map<String, Integer> objects,
        Map<String, Integer> finalizers,
        List<String> failures,
        Optional<Duration> estimate) {

    Remaining {
        objects = Map.copyOf(objects);
        finalizers = Map.copyOf(finalizers);
        failures = List.copyOf(failures);
    }

    boolean isEmpty() {
        return objects.isEmpty() && failures.isEmpty();
    }
}
