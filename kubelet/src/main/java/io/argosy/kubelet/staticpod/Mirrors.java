package io.argosy.kubelet.staticpod;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.RequestException;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows static pods in the API: one mirror for each, made anew when it is gone or of another pod, removed with its pod. */
public final class Mirrors {

    private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);

    private final ApiClient client;
    private final Supplier<Optional<Node>> node;
    private final Map<ObjectKey, Pod> present = new ConcurrentHashMap<>();

    public Mirrors(ApiClient client, Supplier<Optional<Node>> node) {
        this.client = client;
        this.node = node;
    }

    public void seen(Pod mirror) {
        present.put(key(mirror), mirror);
    }

    public void gone(Pod mirror) {
        present.remove(key(mirror), present.get(key(mirror)));
    }

    /** The mirror of a static pod, if it is the right one. */
    public Optional<Pod> of(Pod pod) {
        return Optional.ofNullable(present.get(key(pod)))
                .filter(m -> hash(m).equals(hash(pod)) && !PodView.isDeleted(m));
    }

    /** Makes what is missing and removes what has no pod; what fails is tried again at the next call. */
    public void reconcile(Map<String, Pod> pods) {
        Map<ObjectKey, Pod> wanted = new LinkedHashMap<>();
        pods.values().forEach(p -> wanted.put(key(p), p));
        for (Map.Entry<ObjectKey, Pod> mirror : present.entrySet()) {
            Pod pod = wanted.get(mirror.getKey());
            if (pod == null || !hash(pod).equals(hash(mirror.getValue()))) {
                delete(mirror.getKey(), mirror.getValue());
            }
        }
        wanted.forEach((key, pod) -> {
            if (!present.containsKey(key)) {
                create(pod);
            }
        });
    }

    private void create(Pod pod) {
        Optional<Node> owner = node.get();
        if (owner.isEmpty()) {
            return;
        }
        Pod mirror = ObjectJson.copy(pod);
        Map<String, String> annotations = new LinkedHashMap<>(PodView.annotations(pod));
        annotations.put(PodView.CONFIG_MIRROR, hash(pod));
        mirror.getMetadata().setAnnotations(annotations);
        mirror.getMetadata().setUid(null);
        mirror.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(owner.get().getMetadata().getName())
                        .withUid(owner.get().getMetadata().getUid())
                        .withController(true)
                        .build()));
        try {
            present.put(key(pod), client.resource(Pod.class).create(mirror));
        } catch (ApiException | RequestException e) {
            LOG.warn("mirror not made pod={} error={}", PodView.key(pod), e.getMessage());
        }
    }

    private void delete(ObjectKey key, Pod mirror) {
        try {
            client.resource(Pod.class)
                    .delete(key, DeleteOptions.ofUid(PodView.uid(mirror)).withGrace(0));
            present.remove(key, mirror);
        } catch (ApiException e) {
            if (e.is(404) || e.is(409)) {
                present.remove(key, mirror);
            } else {
                LOG.warn("mirror not removed pod={} error={}", key, e.getMessage());
            }
        } catch (RequestException e) {
            LOG.warn("mirror not removed pod={} error={}", key, e.getMessage());
        }
    }

    private static String hash(Pod pod) {
        Map<String, String> annotations = PodView.annotations(pod);
        return annotations.getOrDefault(
                PodView.CONFIG_MIRROR, annotations.getOrDefault(PodView.CONFIG_HASH, PodView.uid(pod)));
    }

    private static ObjectKey key(Pod pod) {
        return new ObjectKey(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }
}
