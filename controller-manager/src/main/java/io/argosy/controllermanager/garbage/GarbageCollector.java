package io.argosy.controllermanager.garbage;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.RequestException;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches everything, keeps the graph of owners, and works on the objects that it names. */
public final class GarbageCollector implements Controller {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
    private static final Duration DISCOVER_EVERY = Duration.ofSeconds(30);

    private final ControllerContext context;
    private final Kinds kinds = new Kinds();
    private final Graph graph;
    private final Monitors monitors;
    private final ReconcileLoop<String> collect;
    private final ReconcileLoop<String> orphan;

    public GarbageCollector(ControllerContext context, int workers) {
        this.context = context;
        graph = new Graph(this::lookAt, this::orphanOf);
        monitors = new Monitors(context, graph);
        GarbageReconciler reconciler = new GarbageReconciler(context, graph, kinds, this::lookAt);
        collect = context.loop("garbage_collector_attempt_to_delete", workers, uid -> whenSynced(uid, reconciler));
        orphan = context.loop("garbage_collector_attempt_to_orphan", workers, reconciler::orphan);
    }

    private void lookAt(String uid) {
        collect.add(uid);
    }

    private void orphanOf(String uid) {
        orphan.add(uid);
    }

    /** Until every watch has its state, owners that exist could seem to be missing. */
    private Outcome whenSynced(String uid, GarbageReconciler reconciler) {
        return monitors.hasSynced() ? reconciler.collect(uid) : Outcome.later(Duration.ofSeconds(1));
    }

    @Override
    public void start(TaskScope tasks) {
        tasks.fork("garbage-discovery", this::follow);
        collect.start(tasks);
        orphan.start(tasks);
    }

    private void follow() throws InterruptedException {
        try (monitors) {
            while (true) {
                try {
                    Discovery.Result discovered = Discovery.of(context.client());
                    kinds.learn(discovered);
                    monitors.follow(discovered);
                } catch (ApiException | RequestException e) {
                    LOG.info("discovery failed reason={}", e.getMessage());
                }
                context.clock().sleep(DISCOVER_EVERY);
            }
        }
    }
}
