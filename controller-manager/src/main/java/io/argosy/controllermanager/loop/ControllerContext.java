package io.argosy.controllermanager.loop;

import io.argosy.client.events.EventRecorder;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.WriteMarks;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.metrics.Metrics;
import java.util.random.RandomGenerator;

/**
 * What a controller is given.
 *
 * @param name the controller's, for example {@code deployment-controller}
 * @param client under the controller's own identity; notes its writes in {@code marks}
 * @param informers shared with the other controllers
 */
public record ControllerContext(
        String name,
        ApiClient client,
        SharedInformerFactory informers,
        EventRecorder events,
        Clock clock,
        RandomGenerator random,
        Metrics metrics,
        WriteMarks marks) {

    /** A loop over keys with upstream's standard back-off. */
    public <K> ReconcileLoop<K> loop(int workers, Reconciler<K> reconciler) {
        return loop(name, workers, reconciler);
    }

    /** @param queue the name that metrics show, when a controller has several loops */
    public <K> ReconcileLoop<K> loop(String queue, int workers, Reconciler<K> reconciler) {
        return new ReconcileLoop<>(this, queue, workers, reconciler);
    }
}
