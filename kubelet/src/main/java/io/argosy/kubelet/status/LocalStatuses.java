package io.argosy.kubelet.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Statuses of a node without an API server: kept, and told to nobody. */
public final class LocalStatuses implements StatusSink {

    private final Map<String, PodStatus> statuses = new ConcurrentHashMap<>();

    @Override
    public void set(Pod pod, PodStatus status) {
        statuses.put(pod.getMetadata().getUid(), status);
    }

    @Override
    public Optional<PodStatus> get(String uid) {
        return Optional.ofNullable(statuses.get(uid));
    }

    @Override
    public void released(Pod pod) {}

    @Override
    public void forget(String uid) {
        statuses.remove(uid);
    }
}
