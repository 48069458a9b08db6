package io.argosy.scheduler;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ApiClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.scheduler.config.PluginArgs;
import io.argosy.scheduler.config.ProfileConfig;
import io.argosy.scheduler.config.SchedulerConfig;
import io.argosy.scheduler.config.Serving;
import io.argosy.scheduler.framework.Profile;
import io.argosy.scheduler.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The standard profile, in a cluster without storage, workloads and budgets. */
final class TestProfiles {

    private TestProfiles() {}

    static Map<String, Profile> standard(ApiClient client, Clock clock, RandomGenerator random) {
        Plugins.Lookups lookups = new Plugins.Lookups(
                namespace -> Map.of(), pod -> LabelSelector.everything(), List::of, new NoStorage());
        return new Plugins(lookups, client, clock, random).profiles(config());
    }

    static SchedulerConfig config() {
        ProfileConfig profile = new ProfileConfig("default-scheduler", Optional.empty(), Map.of(), PluginArgs.STANDARD);
        Serving serving = new Serving("", 0, "", "", "", true, 0, "TLSv1.2", List.of(), "", "", "", List.of());
        return new SchedulerConfig(
                "",
                "",
                0,
                0,
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                1,
                0,
                List.of(profile),
                serving);
    }

    private static final class NoStorage implements StorageView {

        @Override
        public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
            return Optional.empty();
        }

        @Override
        public Optional<PersistentVolume> volume(String name) {
            return Optional.empty();
        }

        @Override
        public List<PersistentVolume> volumes() {
            return List.of();
        }

        @Override
        public Optional<StorageClass> storageClass(String name) {
            return Optional.empty();
        }

        @Override
        public Map<String, Integer> volumeLimits(String node) {
            return Map.of();
        }

        @Override
        public List<String> attached(String node) {
            return List.of();
        }
    }
}
