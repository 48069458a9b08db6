package io.argosy.apiserver.discovery;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.tree.ArrayValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The order in which verbs are told: by the alphabet; those of custom resources have an order of their own. */
final class Verbs {

    private static final List<String> CUSTOM_ORDER =
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");

    private Verbs() {}

    static ArrayValue of(ResourceDefinition resource, Set<String> verbs) {
        List<String> ordered = new ArrayList<>(verbs);
        ordered.sort(resource.builtIn() ? Comparator.naturalOrder() : Comparator.comparingInt(CUSTOM_ORDER::indexOf));
        return ArrayValue.ofStrings(ordered);
    }
}
