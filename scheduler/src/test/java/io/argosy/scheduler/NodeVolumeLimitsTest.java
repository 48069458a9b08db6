package io.argosy.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.PodReader;
import io.argosy.scheduler.columns.ResourceIds;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeFilter;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.plugin.nodevolumelimits.NodeVolumeLimits;
import io.argosy.scheduler.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeVolumeLimitsTest {

    private final Map<String, PersistentVolumeClaim> claims = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>(Map.of("d", 2));
    private List<String> attached = List.of();
    private final NodeVolumeLimits plugin = new NodeVolumeLimits(new Storage());
    private final ResourceIds resources = new ResourceIds();
    private final PodReader reader = new PodReader(resources);
    private final ClusterState cluster = new ClusterState(resources);
    private final int slot = cluster.putNode(Things.plainNode("node"));

    /** A claim whose volume, driver d, has the claim's name; without a volume it waits for its first user. */
    private void claim(String name, boolean bound) {
        claims.put(
                name,
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName("c")
                        .withVolumeName(bound ? "pv-" + name : null)
                        .endSpec()
                        .build());
    }

    private PodInfo pod(String name, String... uses) {
        PodBuilder pod = Things.pod(name, "1");
        for (String claim : uses) {
            pod = pod.editSpec()
                    .addNewVolume()
                    .withName(claim)
                    .withNewPersistentVolumeClaim()
                    .withClaimName(claim)
                    .endPersistentVolumeClaim()
                    .endVolume()
                    .endSpec();
        }
        return reader.read(pod.build());
    }

    private Verdict verdict(PodInfo pod) {
        return filter(pod).check(slot);
    }

    private NodeFilter filter(PodInfo pod) {
        return assertInstanceOf(FilterPlugin.Prepared.Check.class, plugin.prepare(pod, cluster))
                .filter();
    }

    @Test
    void podsWithoutVolumesOfDriversAreNotAsked() {
        assertEquals(FilterPlugin.Prepared.Skip.SKIP, plugin.prepare(pod("p"), cluster));
    }

    @Test
    void countsEachVolumeOnce() {
        List.of("a", "b", "c").forEach(name -> claim(name, true));
        cluster.addPod(pod("there", "a", "b"), slot);
        assertEquals(Verdict.Pass.PASS, verdict(pod("p", "a", "b")));
        Verdict.Rejected full = assertInstanceOf(Verdict.Rejected.class, verdict(pod("q", "c")));
        assertEquals(List.of("node(s) exceed max volume count"), full.reasons());
        limits.put("d", 3);
        assertEquals(Verdict.Pass.PASS, verdict(pod("q", "c")));
        limits.clear();
        assertEquals(Verdict.Pass.PASS, verdict(pod("q", "c")));
    }

    @Test
    void countsWhatIsStillAttachedAndWhatHasNoVolumeYet() {
        claim("a", true);
        claim("new", false);
        attached = List.of("pv-x");
        assertEquals(Verdict.Pass.PASS, verdict(pod("p", "a")));
        cluster.addPod(pod("there", "a"), slot);
        assertInstanceOf(Verdict.Rejected.class, verdict(pod("q", "new")));
        attached = List.of("pv-a");
        assertEquals(Verdict.Pass.PASS, verdict(pod("q", "new")));
    }

    @Test
    void seesWhatWouldBeWithoutAPod() {
        List.of("a", "b", "c").forEach(name -> claim(name, true));
        PodInfo there = pod("there", "a", "b");
        cluster.addPod(there, slot);
        NodeFilter filter = filter(pod("p", "c"));
        assertInstanceOf(Verdict.Rejected.class, filter.check(slot));
        filter.podChanged(there, slot, -1);
        assertEquals(Verdict.Pass.PASS, filter.check(slot));
        filter.podChanged(there, slot, 1);
        assertInstanceOf(Verdict.Rejected.class, filter.check(slot));
    }

    private final class Storage implements StorageView {

        @Override
        public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
            return Optional.ofNullable(claims.get(key.name()));
        }

        @Override
        public Optional<PersistentVolume> volume(String name) {
            return name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PersistentVolumeBuilder()
                            .withNewSpec()
                            .withNewCsi()
                            .withDriver("d")
                            .withVolumeHandle(name)
                            .endCsi()
                            .endSpec()
                            .build());
        }

        @Override
        public List<PersistentVolume> volumes() {
            return List.of();
        }

        @Override
        public Optional<StorageClass> storageClass(String name) {
            return Optional.of(new StorageClassBuilder().withProvisioner("d").build());
        }

        @Override
        public Map<String, Integer> volumeLimits(String node) {
            return limits;
        }

        @Override
        public List<String> attached(String node) {
            return attached;
        }
    }
}
