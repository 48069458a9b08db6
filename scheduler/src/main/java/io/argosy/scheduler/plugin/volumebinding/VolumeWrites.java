package io.argosy.scheduler.plugin.volumebinding;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.daemon.clock.Clock;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.storage.PodClaims;
import io.argosy.scheduler.storage.StorageView;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what was planned for a pod's claims, and waits until they are bound. On the binding's own thread. */
final class VolumeWrites {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    private final ApiClient client;
    private final StorageView storage;
    private final Clock clock;
    private final Duration limit;

    VolumeWrites(ApiClient client, StorageView storage, Clock clock, Duration limit) {
        this.client = client;
        this.storage = storage;
        this.clock = clock;
        this.limit = limit;
    }

    /** Throws what the API says, or {@link IllegalStateException} when it takes too long or is refused. */
    void bind(VolumePlan.Possible plan, String node) throws InterruptedException {
        List<ObjectKey> claims = new ArrayList<>();
        for (VolumePlan.Static each : plan.bound()) {
            give(each);
            claims.add(ResourceType.keyOf(each.claim()));
        }
        for (PersistentVolumeClaim claim : plan.provisioned()) {
            select(claim, node);
            claims.add(ResourceType.keyOf(claim));
        }
        long started = clock.nanoTime();
        while (!claims.stream().allMatch(this::isBound)) {
            if (clock.nanoTime() - started > limit.toNanos()) {
                throw new IllegalStateException("binding volumes: context deadline exceeded");
            }
            clock.sleep(LOOK_AGAIN);
            requireSelected(plan, node);
        }
    }

    private void give(VolumePlan.Static pair) {
        PersistentVolume next = ObjectJson.copy(pair.volume());
        if (next.getSpec().getClaimRef() != null && next.getSpec().getClaimRef().getUid() != null) {
            return;
        }
        if (next.getSpec().getClaimRef() == null) {
            annotate(next, BOUND_BY_CONTROLLER, "yes");
        }
        PersistentVolumeClaim claim = pair.claim();
        next.getSpec()
                .setClaimRef(new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(claim.getMetadata().getNamespace())
                        .withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid())
                        .withResourceVersion(claim.getMetadata().getResourceVersion())
                        .build());
        client.resource(PersistentVolume.class).update(next);
    }

    private static void annotate(PersistentVolume volume, String key, String value) {
        Map<String, String> annotations =
                new HashMap<>(Selectors.orEmpty(volume.getMetadata().getAnnotations()));
        annotations.put(key, value);
        volume.getMetadata().setAnnotations(annotations);
    }

    private void select(PersistentVolumeClaim claim, String node) {
        if (node.equals(PodClaims.annotations(claim).get(PodClaims.SELECTED_NODE))) {
            return;
        }
        PersistentVolumeClaim next = ObjectJson.copy(claim);
        Map<String, String> annotations = new HashMap<>(PodClaims.annotations(claim));
        annotations.put(PodClaims.SELECTED_NODE, node);
        next.getMetadata().setAnnotations(annotations);
        client.resource(PersistentVolumeClaim.class).update(next);
    }

    private boolean isBound(ObjectKey key) {
        return storage.claim(key).map(PodClaims::isBound).orElse(false);
    }

    /** A provisioner that cannot make a volume near the node takes the selection back. */
    private void requireSelected(VolumePlan.Possible plan, String node) {
        for (PersistentVolumeClaim planned : plan.provisioned()) {
            Optional<PersistentVolumeClaim> now = storage.claim(ResourceType.keyOf(planned));
            if (now.isEmpty()) {
                throw new IllegalStateException("binding volumes: claim " + ResourceType.keyOf(planned) + " is gone");
            }
            boolean newer = !now.get()
                    .getMetadata()
                    .getResourceVersion()
                    .equals(planned.getMetadata().getResourceVersion());
            String selected = PodClaims.annotations(now.get()).get(PodClaims.SELECTED_NODE);
            if (newer && !PodClaims.isBound(now.get()) && !node.equals(selected)) {
                throw new IllegalStateException("binding volumes: provisioning failed for PVC \""
                        + planned.getMetadata().getName() + "\"");
            }
        }
    }
}
