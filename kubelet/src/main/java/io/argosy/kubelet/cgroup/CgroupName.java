package io.argosy.kubelet.cgroup;

import io.argosy.kubelet.pod.QosClass;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a control group, part by part, and how each driver writes it. Pure.
 *
 * @param parts such as {@code kubepods}, {@code burstable}, {@code pod1234}
 */
record CgroupName(List<String> parts) {

    CgroupName {
        parts = List.copyOf(parts);
    }

    static CgroupName root(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return new CgroupName(parts);
    }

    CgroupName child(String part) {
        List<String> more = new ArrayList<>(parts);
        more.add(part);
        return new CgroupName(more);
    }

    /** Where the pods of a class lie. */
    CgroupName ofClass(QosClass qos) {
        return switch (qos) {
            case GUARANTEED -> this;
            case BURSTABLE -> child("burstable");
            case BEST_EFFORT -> child("besteffort");
        };
    }

    CgroupName ofPod(Pod pod) {
        return ofClass(QosClass.of(pod)).child("pod" + pod.getMetadata().getUid());
    }

    String asPath() {
        return "/" + String.join("/", parts);
    }

    /** {@code kubepods-burstable-pod1_2.slice}: each slice names its ancestors, and dashes in a part become underscores. */
    String asSlice() {
        return String.join("-", escaped()) + ".slice";
    }

    /** Where systemd puts the slice: below each of its ancestors. */
    String slicePath() {
        StringBuilder path = new StringBuilder();
        StringBuilder name = new StringBuilder();
        for (String part : escaped()) {
            name.append(name.isEmpty() ? "" : "-").append(part);
            path.append('/').append(name).append(".slice");
        }
        return path.toString();
    }

    private List<String> escaped() {
        return parts.stream()
                .map(p -> (p.endsWith(".slice") ? p.substring(0, p.length() - ".slice".length()) : p).replace('-', '_'))
                .toList();
    }
}
