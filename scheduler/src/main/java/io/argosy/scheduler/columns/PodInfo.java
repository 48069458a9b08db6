package io.argosy.scheduler.columns;

import io.argosy.apimodel.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A pod, read once.
 *
 * @param pod as the API has it, never changed
 * @param requests by the numbers of {@link ResourceIds}
 * @param scoredCpu its cpu request where containers without one count 100m
 * @param scoredMemory its memory request where containers without one count 200Mi
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; never changed
public record PodInfo(
        Pod pod,
        ObjectKey key,
        String uid,
        int priority,
        long[] requests,
        long scoredCpu,
        long scoredMemory,
        List<HostPort> ports,
        PodShape shape) {

    public PodInfo {
        ports = List.copyOf(ports);
    }

    public long request(int resource) {
        return resource < requests.length ? requests[resource] : 0;
    }

    /** The node that the API has it on. */
    public Optional<String> node() {
        String name = pod.getSpec().getNodeName();
        return name == null || name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** The node that was promised to it. */
    public Optional<String> nominatedNode() {
        String name = pod.getStatus() == null ? null : pod.getStatus().getNominatedNodeName();
        return name == null || name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    public String namespace() {
        return key.namespace();
    }

    public boolean terminating() {
        return shape.terminating();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PodInfo info
                && info.uid.equals(uid)
                && Objects.equals(
                        info.pod.getMetadata().getResourceVersion(),
                        pod.getMetadata().getResourceVersion());
    }

    @Override
    public int hashCode() {
        return uid.hashCode();
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
