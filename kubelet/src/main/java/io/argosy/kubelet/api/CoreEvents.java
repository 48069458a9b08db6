package io.argosy.kubelet.api;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.events.EventRecorder;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.Patch;
import io.argosy.client.request.RequestException;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events of the node and its pods as {@code v1} Events: one object for what repeats, with a count. What cannot
 * be sent in time is dropped and logged.
 */
public final class CoreEvents implements EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(CoreEvents.class);
    private static final int MOST_WAITING = 1000;
    private static final int MOST_REMEMBERED = 4096;
    // A source that repeats itself is slowed down per object: a burst, then one every five minutes.
    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);

    private record News(ObjectReference regarding, Type type, String reason, String message, Instant at) {}

    private record Sent(String namespace, String name, int count) {}

    private static final class Budget {
        private double tokens = BURST;
        private Instant updated;

        Budget(Instant now) {
            updated = now;
        }

        boolean take(Instant now) {
            double gained = (double) Duration.between(updated, now).toMillis() / REFILL.toMillis();
            tokens = Math.min(BURST, tokens + gained);
            updated = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }

    private final ApiClient client;
    private final Clock clock;
    private final String node;
    private final BlockingQueue<News> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<String, Sent> sent = bounded();
    private final Map<String, Budget> budgets = bounded();

    public CoreEvents(ApiClient client, Clock clock, String node) {
        this.client = client;
        this.clock = clock;
        this.node = node;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    @Override
    public void record(ObjectReference regarding, Type type, String reason, String action, String message) {
        if (!waiting.offer(new News(regarding, type, reason, message, clock.instant()))) {
            LOG.warn("event dropped reason={} object={}/{}", reason, regarding.getNamespace(), regarding.getName());
        }
    }

    /** Sends until interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            News news = waiting.take();
            try {
                send(news);
            } catch (ApiException | RequestException e) {
                LOG.warn(
                        "event not sent reason={} object={}/{} error={}",
                        news.reason(),
                        news.regarding().getNamespace(),
                        news.regarding().getName(),
                        e.getMessage());
            }
        }
    }

    private void send(News news) {
        String object = news.regarding().getKind() + "/" + news.regarding().getNamespace() + "/"
                + news.regarding().getName() + "/" + news.regarding().getUid();
        if (!budgets.computeIfAbsent(object, k -> new Budget(news.at())).take(news.at())) {
            return;
        }
        String key = object + "/" + news.regarding().getFieldPath() + "/" + news.type() + "/" + news.reason() + "/"
                + news.message();
        Sent before = sent.get(key);
        if (before != null && again(before, news, key)) {
            return;
        }
        String namespace = news.regarding().getNamespace() == null
                        || news.regarding().getNamespace().isEmpty()
                ? "default"
                : news.regarding().getNamespace();
        String time = time(news.at());
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(news))
                .endMetadata()
                .withInvolvedObject(news.regarding())
                .withReason(news.reason())
                .withMessage(news.message())
                .withType(news.type().text())
                .withNewSource("kubelet", node)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withReportingComponent("kubelet")
                .withReportingInstance(node)
                .build();
        Event created = client.resource(Event.class).create(event);
        sent.put(key, new Sent(namespace, created.getMetadata().getName(), 1));
    }

    private boolean again(Sent before, News news, String key) {
        try {
            client.resource(Event.class)
                    .patch(
                            new ObjectKey(before.namespace(), before.name()),
                            Patch.strategic(Map.of("count", before.count() + 1, "lastTimestamp", time(news.at()))));
            sent.put(key, new Sent(before.namespace(), before.name(), before.count() + 1));
            return true;
        } catch (ApiException e) {
            if (e.is(404)) {
                return false;
            }
            throw e;
        }
    }

    private static String name(News news) {
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, news.at());
        return news.regarding().getName() + "." + Long.toHexString(nanos)
                + Integer.toHexString(news.hashCode() & 0xffff);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
