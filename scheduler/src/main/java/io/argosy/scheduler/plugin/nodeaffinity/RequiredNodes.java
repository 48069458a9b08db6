package io.argosy.scheduler.plugin.nodeaffinity;

import io.argosy.apimodel.meta.LabelRequirement;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.Selectors;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes that a pod asks for: by its node selector and by the required part of its node affinity. */
public final class RequiredNodes {

    private static final RequiredNodes ALL = new RequiredNodes(List.of(), Optional.empty());

    private final List<LabelRequirement> selector;
    private final Optional<List<NodeTerm>> terms;

    private RequiredNodes(List<LabelRequirement> selector, Optional<List<NodeTerm>> terms) {
        this.selector = selector;
        this.terms = terms;
    }

    public static RequiredNodes of(Pod pod) {
        List<LabelRequirement> selector = Selectors.requirements(pod.getSpec().getNodeSelector());
        var affinity = pod.getSpec().getAffinity();
        Optional<List<NodeTerm>> terms = affinity == null
                        || affinity.getNodeAffinity() == null
                        || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null
                ? Optional.empty()
                : Optional.of(terms(affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()));
        return selector.isEmpty() && terms.isEmpty() ? ALL : new RequiredNodes(selector, terms);
    }

    /** The nodes of a selector, as volumes have them. */
    public static RequiredNodes of(NodeSelector selector) {
        return new RequiredNodes(List.of(), Optional.of(terms(selector)));
    }

    private static List<NodeTerm> terms(NodeSelector selector) {
        return Selectors.orEmpty(selector.getNodeSelectorTerms()).stream()
                .map(NodeTerm::of)
                .toList();
    }

    public boolean isAll() {
        return selector.isEmpty() && terms.isEmpty();
    }

    public boolean match(NodeFacts node) {
        return match(node.name(), node.labels());
    }

    public boolean match(String node, Map<String, String> labels) {
        for (LabelRequirement requirement : selector) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        if (terms.isEmpty()) {
            return true;
        }
        for (NodeTerm term : terms.get()) {
            if (term.matches(node, labels)) {
                return true;
            }
        }
        return false;
    }

    /** The only nodes that can match, when every term names its nodes. */
    Optional<Set<String>> names() {
        if (terms.isEmpty() || terms.get().isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        for (NodeTerm term : terms.get()) {
            Optional<List<String>> ofTerm = term.names();
            if (ofTerm.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(ofTerm.get());
        }
        return Optional.of(names);
    }
}
