package io.argosy.scheduler.columns;

import io.argosy.apimodel.meta.LabelSelector;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One term of a pod's affinity or anti-affinity to other pods.
 *
 * @param namespaces of the pods that are meant, beside those that the namespace selector finds
 * @param weight 0 for a required term
 */
public record AffinityTerm(
        Set<String> namespaces,
        Optional<LabelSelector> namespaceSelector,
        LabelSelector selector,
        String topologyKey,
        int weight) {

    public AffinityTerm {
        namespaces = Set.copyOf(namespaces);
    }

    /** Whether a pod of that namespace and those labels is meant. */
    public boolean matches(String namespace, Map<String, String> labels, NamespaceLabels known) {
        return selector.matches(labels)
                && (namespaces.contains(namespace)
                        || (namespaceSelector.isPresent()
                                && namespaceSelector.get().matches(known.labels(namespace))));
    }
}
