package io.argosy.apimodel.definition;

import io.argosy.apimodel.meta.GroupVersionKind;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a resource with an address of its own.
 *
 * @param name {@code status}, {@code scale}, {@code exec}, ...
 * @param verbs as discovery tells them
 * @param kind what is read and written there: the resource's own kind or another, {@code autoscaling/v1 Scale}
 * @param scale where the numbers of a Scale stand in the object
 */
public record SubresourceDefinition(String name, Set<String> verbs, GroupVersionKind kind, Optional<ScalePaths> scale) {

    public SubresourceDefinition {
        verbs = Set.copyOf(verbs);
    }

    /** Paths with a leading dot, as in a CustomResourceDefinition; the selector's may be empty. */
    public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {}
}
