package io.argosy.controllermanager.loop;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.RequestInterruptedException;
import io.argosy.client.request.ResourceType;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again rather than when something changes. As with {@link ReconcileLoop}, nothing that goes
 * wrong ends it: a round that fails is followed by the next, and one bad object keeps none of the others waiting.
 */
public final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Clock clock;

    /** @param name of the controller, for logs */
    public Rounds(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** The first round begins at once, each other one a period after the end of the one before. */
    public void start(TaskScope tasks, Duration period, Runnable round) {
        tasks.fork(name, () -> {
            while (true) {
                guarded(round, "round");
                clock.sleep(period);
            }
        });
    }

    /** Does the same for every object, whatever happens with the others. */
    public <T extends HasMetadata> void each(Collection<T> objects, Consumer<T> work) {
        for (T object : objects) {
            guarded(() -> work.accept(object), ResourceType.keyOf(object));
        }
    }

    private void guarded(Runnable work, Object what) {
        try {
            work.run();
        } catch (RequestInterruptedException e) {
            throw e;
        } catch (ApiException | RequestException e) {
            LOG.info("failed, until the next round controller={} of={} reason={}", name, what, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("broke, until the next round controller={} of={}", name, what, e);
        }
    }
}
