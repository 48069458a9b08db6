package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The webhooks of all configurations of a kind, sorted by configuration, as they are now. Until all have been told once,
 * readers wait.
 */
final class ConfiguredWebhooks implements ClusterObjects.Follower {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final TreeMap<String, List<Webhook>> byConfiguration = new TreeMap<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile List<Webhook> all = List.of();

    AutoCloseable follow(ClusterObjects objects, GroupResource resource) {
        AutoCloseable following = objects.follow(resource, this);
        told.countDown();
        return following;
    }

    @Override
    public void present(ObjectValue configuration) {
        List<Webhook> webhooks = Webhook.of(configuration);
        synchronized (byConfiguration) {
            byConfiguration.put(name(configuration), webhooks);
            publish();
        }
    }

    @Override
    public void absent(ObjectValue last) {
        synchronized (byConfiguration) {
            byConfiguration.remove(name(last));
            publish();
        }
    }

    private void publish() {
        all = byConfiguration.values().stream().flatMap(List::stream).toList();
    }

    private static String name(ObjectValue configuration) {
        return configuration.string("metadata", "name").orElse("");
    }

    /** Whether all are known, after a wait for it. */
    boolean ready() {
        try {
            return told.await(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<Webhook> all() {
        return all;
    }
}
