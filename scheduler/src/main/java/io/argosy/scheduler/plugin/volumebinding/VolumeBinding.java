package io.argosy.scheduler.plugin.volumebinding;

import io.argosy.client.request.ApiClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.ReservePlugin;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.storage.PodClaims;
import io.argosy.scheduler.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.TopologySelectorTerm;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps pods to nodes that reach their volumes, and binds claims that wait for their first pod: to a volume that is
 * there, or by telling the provisioner for which node to make one.
 */
public final class VolumeBinding implements FilterPlugin, ReservePlugin {

    public static final String NAME = "VolumeBinding";

    private static final String NO_VOLUME = "node(s) didn't find available persistent volumes to bind";
    private static final String WRONG_NODE = "node(s) didn't match PersistentVolume's node affinity";
    private static final String NO_SUCH_VOLUME =
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";
    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private final StorageView storage;
    private final ApiClient client;
    private final Clock clock;
    private final Duration limit;

    /** Volumes that were given to claims and of which the API does not say so yet, with the claim's identity. */
    private final Map<String, String> given = new HashMap<>();

    /** What the last preparation found, for the reservation that follows in the same cycle. */
    private ClaimGroups groups = new ClaimGroups(Optional.empty(), List.of(), List.of());

    private Map<String, NodeFacts> nodes = Map.of();

    /** @param limit how long claims may take to be bound */
    public VolumeBinding(StorageView storage, ApiClient client, Clock clock, Duration limit) {
        this.storage = storage;
        this.client = client;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        ClaimGroups found = ClaimGroups.of(pod, storage);
        groups = found;
        nodes = new HashMap<>();
        if (found.isEmpty()) {
            return Prepared.Skip.SKIP;
        }
        if (found.problem().isPresent()) {
            return new Prepared.NoNode(
                    Verdict.Rejected.always(NAME, found.problem().get()));
        }
        return Prepared.check(slot -> {
            NodeFacts node = cluster.facts(slot);
            return switch (plan(found, node)) {
                case VolumePlan.Possible _ -> {
                    nodes.put(node.name(), node);
                    yield Verdict.Pass.PASS;
                }
                case VolumePlan.Impossible(List<String> reasons) -> new Verdict.Rejected(NAME, reasons, true);
            };
        });
    }

    private VolumePlan plan(ClaimGroups claims, NodeFacts node) {
        List<String> reasons = new ArrayList<>();
        reasons.addAll(bound(claims.bound(), node));
        List<VolumePlan.Static> statics = new ArrayList<>();
        List<PersistentVolumeClaim> provisioned = new ArrayList<>();
        Set<String> taken = new HashSet<>(given.keySet());
        boolean found = true;
        for (PersistentVolumeClaim claim : claims.waiting()) {
            String selected = PodClaims.annotations(claim).get(PodClaims.SELECTED_NODE);
            if (selected != null) {
                found &= selected.equals(node.name());
                provisioned.add(claim);
                continue;
            }
            Optional<PersistentVolume> volume = VolumeMatch.of(claim, storage.volumes(), node, taken);
            if (volume.isPresent()) {
                taken.add(volume.get().getMetadata().getName());
                statics.add(new VolumePlan.Static(claim, volume.get()));
            } else {
                found &= canProvision(claim, node);
                provisioned.add(claim);
            }
        }
        if (!found) {
            reasons.add(NO_VOLUME);
        }
        return reasons.isEmpty() ? new VolumePlan.Possible(statics, provisioned) : new VolumePlan.Impossible(reasons);
    }

    private List<String> bound(List<PersistentVolumeClaim> claims, NodeFacts node) {
        for (PersistentVolumeClaim claim : claims) {
            Optional<PersistentVolume> volume = storage.volume(PodClaims.volumeName(claim));
            if (volume.isEmpty()) {
                return List.of(NO_SUCH_VOLUME);
            }
            if (!VolumeMatch.reaches(volume.get(), node)) {
                return List.of(WRONG_NODE);
            }
        }
        return List.of();
    }

    private boolean canProvision(PersistentVolumeClaim claim, NodeFacts node) {
        return storage.storageClass(PodClaims.className(claim))
                .filter(found -> found.getProvisioner() != null
                        && !found.getProvisioner().isEmpty()
                        && !found.getProvisioner().equals(NO_PROVISIONER))
                .filter(found -> allows(found, node))
                .isPresent();
    }

    private static boolean allows(StorageClass found, NodeFacts node) {
        List<TopologySelectorTerm> terms = Selectors.orEmpty(found.getAllowedTopologies());
        return terms.isEmpty()
                || terms.stream()
                        .anyMatch(term -> Selectors.orEmpty(term.getMatchLabelExpressions()).stream()
                                .allMatch(label ->
                                        label.getValues().contains(node.labels().getOrDefault(label.getKey(), ""))));
    }

    @Override
    public Optional<Reservation> reserve(PodInfo pod, String node) {
        NodeFacts facts = nodes.get(node);
        if (groups.waiting().isEmpty() || facts == null) {
            return Optional.empty();
        }
        return switch (plan(groups, facts)) {
            case VolumePlan.Impossible(List<String> reasons) ->
                throw new IllegalStateException("binding volumes: " + String.join(", ", reasons));
            case VolumePlan.Possible possible -> {
                for (VolumePlan.Static each : possible.bound()) {
                    given.put(
                            each.volume().getMetadata().getName(),
                            each.claim().getMetadata().getUid());
                }
                VolumeWrites writes = new VolumeWrites(client, storage, clock, limit);
                yield Optional.of(new Reservation() {
                    @Override
                    public void beforeBinding() throws InterruptedException {
                        writes.bind(possible, node);
                    }

                    @Override
                    public void release() {
                        possible.bound()
                                .forEach(each ->
                                        given.remove(each.volume().getMetadata().getName()));
                    }
                });
            }
        };
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return event instanceof ClusterEvent.NodeChanged
                || event instanceof ClusterEvent.StorageChanged
                || event instanceof ClusterEvent.PodChanged;
    }
}
