package io.argosy.apiserver.authz.node;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authz.node.PodReferences.Reference;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the pods of each node refer to, kept by following pods and volumes. Changes come from one thread per resource,
 * questions from any.
 */
public final class NodeGraph {

    private record Placed(String node, Set<Reference> references) {}

    private final ClusterObjects objects;
    private final Map<ObjectKey, Placed> pods = new ConcurrentHashMap<>();
    private final Map<String, Map<Reference, Integer>> counts = new ConcurrentHashMap<>();
    private final Map<Reference, Set<String>> volumesBySecret = new ConcurrentHashMap<>();

    /** Used to look at volumes and attachments when they are asked for. */
    public NodeGraph(ClusterObjects objects) {
        this.objects = objects;
    }

    /** What to tell of pods. */
    public ClusterObjects.Follower podFollower() {
        return new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue pod) {
                place(key(pod), pod.string("spec", "nodeName").orElse(""), PodReferences.of(pod));
            }

            @Override
            public void absent(ObjectValue pod) {
                remove(key(pod));
            }
        };
    }

    /** What to tell of persistent volumes. */
    public ClusterObjects.Follower volumeFollower() {
        return new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue volume) {
                absent(volume);
                String name = volume.string("metadata", "name").orElse("");
                secrets(volume)
                        .forEach(secret -> volumesBySecret
                                .computeIfAbsent(secret, _ -> ConcurrentHashMap.newKeySet())
                                .add(name));
            }

            @Override
            public void absent(ObjectValue volume) {
                String name = volume.string("metadata", "name").orElse("");
                volumesBySecret.values().forEach(volumes -> volumes.remove(name));
                volumesBySecret.values().removeIf(Set::isEmpty);
            }
        };
    }

    private static ObjectKey key(ObjectValue object) {
        return new ObjectKey(
                object.string("metadata", "namespace").orElse(""),
                object.string("metadata", "name").orElse(""));
    }

    private void place(ObjectKey pod, String node, Set<Reference> references) {
        Placed before = pods.get(pod);
        if (before != null && before.node().equals(node) && before.references().equals(references)) {
            return;
        }
        remove(pod);
        if (node.isEmpty()) {
            return;
        }
        pods.put(pod, new Placed(node, references));
        Map<Reference, Integer> counted = counts.computeIfAbsent(node, _ -> new ConcurrentHashMap<>());
        references.forEach(reference -> counted.merge(reference, 1, Integer::sum));
    }

    private void remove(ObjectKey pod) {
        Placed before = pods.remove(pod);
        if (before == null) {
            return;
        }
        Map<Reference, Integer> counted = counts.getOrDefault(before.node(), Map.of());
        before.references()
                .forEach(reference -> counted.computeIfPresent(reference, (_, count) -> count == 1 ? null : count - 1));
    }

    /** The Secrets by which a volume is mounted. */
    private static List<Reference> secrets(ObjectValue volume) {
        String claimNamespace = volume.string("spec", "claimRef", "namespace").orElse("");
        return volume.object("spec").stream()
                .flatMap(spec -> spec.fields().values().stream())
                .filter(ObjectValue.class::isInstance)
                .map(ObjectValue.class::cast)
                .flatMap(source ->
                        List.of("secretRef", "nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef")
                                .stream()
                                .flatMap(field -> source.object(field).stream()))
                .map(secret -> new Reference(
                        Resources.SECRETS,
                        secret.string("namespace")
                                .filter(text -> !text.isEmpty())
                                .orElse(claimNamespace),
                        secret.string("name").orElse("")))
                .toList();
    }

    boolean hasPod(String node, String namespace, String name) {
        Placed pod = pods.get(new ObjectKey(namespace, name));
        return pod != null && pod.node().equals(node);
    }

    /** Whether a pod of the node refers to an object, itself or through its volumes. */
    boolean refersTo(String node, GroupResource resource, String namespace, String name) {
        Reference reference = new Reference(resource, namespace, name);
        if (counts.getOrDefault(node, Map.of()).containsKey(reference)) {
            return true;
        }
        return resource.equals(Resources.SECRETS)
                && volumesBySecret.getOrDefault(reference, Set.of()).stream()
                        .anyMatch(volume -> usesVolume(node, volume));
    }

    boolean usesVolume(String node, String name) {
        Optional<ObjectValue> volume = objects.find(Resources.PERSISTENT_VOLUMES, "", name);
        return volume.isPresent()
                && refersTo(
                        node,
                        Resources.PERSISTENT_VOLUME_CLAIMS,
                        volume.get().string("spec", "claimRef", "namespace").orElse(""),
                        volume.get().string("spec", "claimRef", "name").orElse(""));
    }

    /** Whether an object names the node in {@code spec.nodeName}. */
    boolean namesNode(String node, GroupResource resource, String namespace, String name) {
        return objects.find(resource, namespace, name)
                .flatMap(object -> object.string("spec", "nodeName"))
                .filter(node::equals)
                .isPresent();
    }
}
