package io.argosy.controllermanager.loop;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.RequestInterruptedException;
import io.argosy.client.request.ResourceType;
import io.argosy.client.workqueue.Backoff;
import io.argosy.client.workqueue.QueueMetrics;
import io.argosy.client.workqueue.WorkQueue;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only worker loop: takes a key, waits until the caches have the controller's own last writes, reconciles, and acts
 * on the outcome. One bad object never stops the others: whatever a reconciler throws is logged and backs off its key.
 */
public final class ReconcileLoop<K> {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

    /** How long a cache may lag behind before the key is put back. */
    private static final Duration LAG = Duration.ofSeconds(5);

    private final ControllerContext context;
    private final String name;
    private final int workers;
    private final Reconciler<K> reconciler;
    private final WorkQueue<K> queue;

    ReconcileLoop(ControllerContext context, String name, int workers, Reconciler<K> reconciler) {
        this.context = context;
        this.name = name;
        this.workers = workers;
        this.reconciler = reconciler;
        this.queue = new WorkQueue<>(context.clock(), Backoff.STANDARD, QueueMetrics.of(context.metrics(), name));
    }

    public WorkQueue<K> queue() {
        return queue;
    }

    public void add(K key) {
        queue.add(key);
    }

    public void addAfter(K key, Duration delay) {
        queue.addAfter(key, delay);
    }

    /** Starts the workers; they end with the scope. */
    public void start(TaskScope tasks) {
        for (int i = 0; i < workers; i++) {
            tasks.fork(name, this::work);
        }
    }

    /** A handler that adds the key of every object that changes. */
    public static <T extends HasMetadata> ResourceHandler<T> keys(ReconcileLoop<ObjectKey> loop) {
        return ResourceHandler.any(object -> loop.add(ResourceType.keyOf(object)));
    }

    private void work() throws InterruptedException {
        try {
            while (true) {
                Optional<K> key = queue.take();
                if (key.isEmpty()) {
                    return;
                }
                one(key.get());
            }
        } finally {
            queue.shutDown();
        }
    }

    /** Works on whatever waits, on the caller's thread: for tests and simulations. Tells how many keys it had. */
    public int drain() throws InterruptedException {
        int done = 0;
        for (Optional<K> key = queue.poll(); key.isPresent(); key = queue.poll()) {
            one(key.get());
            done++;
        }
        return done;
    }

    private void one(K key) throws InterruptedException {
        try {
            if (!context.informers().awaitVersions(context.marks().newest(), LAG)) {
                LOG.info("cache is behind own writes, waiting controller={} key={}", name, key);
                queue.addAfter(key, Duration.ofSeconds(1));
                return;
            }
            act(key, reconciler.reconcile(key));
        } catch (ApiException e) {
            if (isEndingNamespace(e)) {
                // Nothing new is taken there, and nothing is needed.
                queue.forget(key);
                return;
            }
            failed(
                    key,
                    why -> LOG.info("reconcile failed controller={} key={} reason={}", name, key, why),
                    e.message());
        } catch (RequestInterruptedException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (RequestException e) {
            failed(
                    key,
                    why -> LOG.info("reconcile failed controller={} key={} reason={}", name, key, why),
                    String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            failed(key, why -> LOG.error("reconcile broke controller={} key={}", name, key, e), "");
        } finally {
            queue.done(key);
        }
    }

    private static boolean isEndingNamespace(ApiException e) {
        return e.details().causes().stream().anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }

    private void failed(K key, Consumer<String> log, String why) {
        log.accept(why);
        queue.addRateLimited(key);
    }

    private void act(K key, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done() -> queue.forget(key);
            case Outcome.Later(Duration after) -> {
                queue.forget(key);
                queue.addAfter(key, after);
            }
            case Outcome.Retry(String reason) -> {
                LOG.debug("reconcile again controller={} key={} reason={}", name, key, reason);
                queue.addRateLimited(key);
            }
        }
    }
}
