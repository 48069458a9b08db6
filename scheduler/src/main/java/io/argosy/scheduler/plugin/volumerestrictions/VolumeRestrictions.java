package io.argosy.scheduler.plugin.volumerestrictions;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeFilter;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.storage.PodClaims;
import io.argosy.scheduler.storage.StorageView;
import java.util.HashSet;
import java.util.Set;

/** Keeps a claim of access mode ReadWriteOncePod to one pod of the cluster. */
public final class VolumeRestrictions implements FilterPlugin {

    public static final String NAME = "VolumeRestrictions";

    private static final Verdict IN_USE = Verdict.Rejected.now(
            NAME,
            "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by"
                    + " another pod");

    private final StorageView storage;

    public VolumeRestrictions(StorageView storage) {
        this.storage = storage;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        Set<String> exclusive = exclusive(pod);
        return exclusive.isEmpty() ? Prepared.Skip.SKIP : Prepared.check(new Users(pod, exclusive, cluster));
    }

    private Set<String> exclusive(PodInfo pod) {
        Set<String> names = new HashSet<>();
        for (PodClaims.Ref ref : PodClaims.of(pod)) {
            storage.claim(new ObjectKey(pod.namespace(), ref.name()))
                    .filter(claim ->
                            Selectors.orEmpty(claim.getSpec().getAccessModes()).contains("ReadWriteOncePod"))
                    .ifPresent(claim -> names.add(ref.name()));
        }
        return names;
    }

    private static boolean shares(PodInfo other, String namespace, Set<String> claims) {
        return other.namespace().equals(namespace)
                && PodClaims.of(other).stream().anyMatch(ref -> claims.contains(ref.name()));
    }

    private static final class Users implements NodeFilter {

        private final String namespace;
        private final Set<String> claims;
        private int users;

        Users(PodInfo pod, Set<String> claims, ClusterState cluster) {
            this.namespace = pod.namespace();
            this.claims = claims;
            for (int place = 0; place < cluster.size(); place++) {
                for (PodInfo other : cluster.pods(cluster.at(place))) {
                    users += shares(other, namespace, claims) ? 1 : 0;
                }
            }
        }

        @Override
        public Verdict check(int slot) {
            return users > 0 ? IN_USE : Verdict.Pass.PASS;
        }

        @Override
        public void podChanged(PodInfo other, int slot, int delta) {
            users += shares(other, namespace, claims) ? delta : 0;
        }
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.PodGone(PodInfo other) -> shares(other, waiting.namespace(), exclusive(waiting));
            case ClusterEvent.StorageChanged _, ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }
}
