package io.argosy.controllermanager.daemonset;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.PodFactory;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the pods of a set, each for one node, and reads for which node one was made. */
final class DaemonPods {

    static final String HASH = "controller-revision-hash";
    private static final String GENERATION = "deprecated.daemonset.template.generation";

    private DaemonPods() {}

    static Pod of(DaemonSet set, String node, String hash) {
        Pod pod = PodFactory.fromTemplate(set.getSpec().getTemplate(), set);
        pod.getMetadata().getLabels().put(HASH, hash);
        String generation = Selectors.annotations(set).get(GENERATION);
        if (generation != null) {
            pod.getMetadata().getLabels().put("pod-template-generation", generation);
        }
        pod.setSpec(tolerant(pod.getSpec()));
        pin(pod.getSpec(), node);
        return pod;
    }

    /** The template with the tolerations that every daemon pod has; a copy. */
    static PodSpec tolerant(PodSpec spec) {
        PodSpec copy = ObjectJson.copy(spec);
        List<Toleration> tolerations =
                new ArrayList<>(copy.getTolerations() == null ? List.of() : copy.getTolerations());
        add(tolerations, "node.kubernetes.io/not-ready", "NoExecute");
        add(tolerations, "node.kubernetes.io/unreachable", "NoExecute");
        add(tolerations, "node.kubernetes.io/disk-pressure", "NoSchedule");
        add(tolerations, "node.kubernetes.io/memory-pressure", "NoSchedule");
        add(tolerations, "node.kubernetes.io/pid-pressure", "NoSchedule");
        add(tolerations, "node.kubernetes.io/unschedulable", "NoSchedule");
        if (Boolean.TRUE.equals(copy.getHostNetwork())) {
            add(tolerations, "node.kubernetes.io/network-unavailable", "NoSchedule");
        }
        copy.setTolerations(tolerations);
        return copy;
    }

    private static void add(List<Toleration> tolerations, String key, String effect) {
        Toleration one = new Toleration();
        one.setKey(key);
        one.setOperator("Exists");
        one.setEffect(effect);
        tolerations.removeIf(other -> Objects.equals(other.getKey(), key)
                && Objects.equals(other.getEffect(), effect)
                && "Exists".equals(other.getOperator()));
        tolerations.add(one);
    }

    /** The node affinity that was required gives way to the one node. */
    private static void pin(PodSpec spec, String node) {
        NodeSelectorRequirement name = new NodeSelectorRequirement();
        name.setKey("metadata.name");
        name.setOperator("In");
        name.setValues(List.of(node));
        NodeSelectorTerm term = new NodeSelectorTerm();
        term.setMatchFields(List.of(name));
        NodeSelector selector = new NodeSelector();
        selector.setNodeSelectorTerms(List.of(term));
        Affinity affinity = spec.getAffinity() == null ? new Affinity() : spec.getAffinity();
        NodeAffinity nodes = affinity.getNodeAffinity() == null ? new NodeAffinity() : affinity.getNodeAffinity();
        nodes.setRequiredDuringSchedulingIgnoredDuringExecution(selector);
        affinity.setNodeAffinity(nodes);
        spec.setAffinity(affinity);
    }

    /** The node that a pod is on or was made for; empty when it tells none. */
    static String node(Pod pod) {
        if (!Pods.node(pod).isEmpty()) {
            return Pods.node(pod);
        }
        Affinity affinity = pod.getSpec().getAffinity();
        if (affinity == null
                || affinity.getNodeAffinity() == null
                || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return "";
        }
        return affinity
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .stream()
                .filter(term -> term.getMatchFields() != null)
                .flatMap(term -> term.getMatchFields().stream())
                .filter(field -> "metadata.name".equals(field.getKey())
                        && "In".equals(field.getOperator())
                        && field.getValues().size() == 1)
                .map(field -> field.getValues().getFirst())
                .findFirst()
                .orElse("");
    }

    static boolean isCurrent(Pod pod, String hash) {
        return hash.equals(Selectors.labels(pod).get(HASH));
    }
}
