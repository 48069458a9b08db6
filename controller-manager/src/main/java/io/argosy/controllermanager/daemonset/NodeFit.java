package io.argosy.controllermanager.daemonset;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether a node takes a pod of a set. Pure.
 *
 * @param starts whether one should be started there
 * @param stays whether one that runs there may stay
 */
record NodeFit(boolean starts, boolean stays) {

    private static final NodeFit NEVER = new NodeFit(false, false);

    /** @param pod with the tolerations that every daemon pod has */
    static NodeFit of(PodSpec pod, Node node) {
        String name = node.getMetadata().getName();
        String fixed = pod.getNodeName();
        if (fixed != null && !fixed.isEmpty() && !fixed.equals(name)) {
            return NEVER;
        }
        Map<String, String> labels = node.getMetadata().getLabels() == null
                ? Map.of()
                : node.getMetadata().getLabels();
        if (pod.getNodeSelector() != null
                && !labels.entrySet().containsAll(pod.getNodeSelector().entrySet())) {
            return NEVER;
        }
        if (pod.getAffinity() != null
                && pod.getAffinity().getNodeAffinity() != null
                && pod.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() != null
                && !matches(
                        pod.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution(),
                        name,
                        labels)) {
            return NEVER;
        }
        return new NodeFit(
                tolerates(pod, node, List.of("NoSchedule", "NoExecute")), tolerates(pod, node, List.of("NoExecute")));
    }

    private static boolean tolerates(PodSpec pod, Node node, List<String> effects) {
        if (node.getSpec() == null || node.getSpec().getTaints() == null) {
            return true;
        }
        List<Toleration> tolerations = pod.getTolerations() == null ? List.of() : pod.getTolerations();
        return node.getSpec().getTaints().stream()
                .filter(taint -> effects.contains(taint.getEffect()))
                .allMatch(taint -> tolerations.stream().anyMatch(toleration -> tolerates(toleration, taint)));
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        if (!text(toleration.getEffect()).isEmpty() && !toleration.getEffect().equals(taint.getEffect())) {
            return false;
        }
        if (!text(toleration.getKey()).isEmpty() && !toleration.getKey().equals(taint.getKey())) {
            return false;
        }
        return switch (text(toleration.getOperator())) {
            case "", "Equal" -> text(toleration.getValue()).equals(text(taint.getValue()));
            case "Exists" -> true;
            default -> false;
        };
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static boolean matches(NodeSelector selector, String name, Map<String, String> labels) {
        return selector.getNodeSelectorTerms().stream().anyMatch(term -> matches(term, name, labels));
    }

    /** A term without any requirement matches nothing. */
    private static boolean matches(NodeSelectorTerm term, String name, Map<String, String> labels) {
        List<NodeSelectorRequirement> byLabel =
                term.getMatchExpressions() == null ? List.of() : term.getMatchExpressions();
        List<NodeSelectorRequirement> byField = term.getMatchFields() == null ? List.of() : term.getMatchFields();
        if (byLabel.isEmpty() && byField.isEmpty()) {
            return false;
        }
        return byLabel.stream().allMatch(one -> matches(one, labels))
                && byField.stream().allMatch(one -> matches(one, Map.of("metadata.name", name)));
    }

    private static boolean matches(NodeSelectorRequirement one, Map<String, String> labels) {
        String value = labels.get(one.getKey());
        List<String> values = one.getValues() == null ? List.of() : one.getValues();
        return switch (one.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compare(value, values) > 0;
            case "Lt" -> compare(value, values) < 0;
            default -> false;
        };
    }

    /** 0 where one is no number: neither greater nor less. */
    private static int compare(String value, List<String> values) {
        OptionalLong left = number(value);
        OptionalLong right = values.size() == 1 ? number(values.getFirst()) : OptionalLong.empty();
        return left.isEmpty() || right.isEmpty() ? 0 : Long.compare(left.getAsLong(), right.getAsLong());
    }

    private static OptionalLong number(String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
