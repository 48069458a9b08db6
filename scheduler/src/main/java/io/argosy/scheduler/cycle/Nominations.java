package io.argosy.scheduler.cycle;

import io.argosy.scheduler.columns.PodInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which waiting pods were promised which node. One owner thread. */
public final class Nominations {

    private final Map<String, String> nodeByUid = new HashMap<>();
    private final Map<String, List<PodInfo>> byNode = new HashMap<>();

    /** Promises a node to a pod, in place of an earlier promise. */
    public void promise(PodInfo pod, String node) {
        forget(pod.uid());
        nodeByUid.put(pod.uid(), node);
        byNode.computeIfAbsent(node, name -> new ArrayList<>()).add(pod);
    }

    public void forget(String uid) {
        String node = nodeByUid.remove(uid);
        if (node == null) {
            return;
        }
        List<PodInfo> there = byNode.getOrDefault(node, new ArrayList<>());
        there.removeIf(pod -> pod.uid().equals(uid));
        if (there.isEmpty()) {
            byNode.remove(node);
        }
    }

    /** The pods that were promised a node. */
    public List<PodInfo> on(String node) {
        return byNode.getOrDefault(node, List.of());
    }

    public boolean isEmpty() {
        return nodeByUid.isEmpty();
    }
}
