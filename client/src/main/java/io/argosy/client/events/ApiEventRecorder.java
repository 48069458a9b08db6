package io.argosy.client.events;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.Patch;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.RequestInterruptedException;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events from one thread of its own; at most {@link #WAITING} wait, further ones are dropped. Closing drops what
 * waits and joins the thread.
 */
public final class ApiEventRecorder implements EventRecorder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiEventRecorder.class);

    private static final int WAITING = 1000;

    /** How events are written. */
    public enum Form {
        /** Core v1 with {@code source}, as the kubelet and the controllers write them. */
        SOURCE,
        /** With {@code reportingComponent}, {@code action} and {@code eventTime}, as the scheduler writes them. */
        REPORTING
    }

    private record News(
            ObjectReference regarding, Type type, String reason, String action, String message, Instant at) {}

    private final ApiClient client;
    private final Form form;
    private final String component;
    private final String host;
    private final Clock clock;
    private final BlockingQueue<News> waiting = new ArrayBlockingQueue<>(WAITING);
    private final EventCorrelator correlator = new EventCorrelator();
    private final TaskScope tasks = new TaskScope("events");

    /**
     * @param component who reports: {@code kubelet}, {@code deployment-controller}
     * @param host where it runs; empty for controllers
     */
    public ApiEventRecorder(ApiClient client, Form form, String component, String host, Clock clock) {
        this.client = client;
        this.form = form;
        this.component = component;
        this.host = host;
        this.clock = clock;
        tasks.fork("send", this::run);
    }

    @Override
    public void record(ObjectReference regarding, Type type, String reason, String action, String message) {
        News news = new News(regarding, type, reason, action, message, clock.instant());
        if (!waiting.offer(news)) {
            LOG.warn("event dropped, too many wait reason={} object={}", reason, regarding.getName());
        }
    }

    private void run() throws InterruptedException {
        while (true) {
            News news = waiting.take();
            try {
                send(news);
            } catch (ApiException e) {
                LOG.debug("event refused reason={} error={}", news.reason, e.message());
            } catch (RequestException e) {
                LOG.debug("event not sent reason={} error={}", news.reason, e.getMessage());
            } catch (RequestInterruptedException e) {
                Thread.interrupted();
                throw new InterruptedException();
            } catch (RuntimeException e) {
                LOG.warn("event not sent reason={}", news.reason, e);
            }
        }
    }

    private void send(News news) {
        EventCorrelator.Verdict verdict =
                correlator.judge(news.regarding, news.type.text(), news.reason, news.message, clock.nanoTime());
        switch (verdict) {
            case EventCorrelator.Verdict.Drop() ->
                LOG.debug("event dropped, too many about object={}", news.regarding.getName());
            case EventCorrelator.Verdict.Create(String message, EventCorrelator.Repeat repeat) ->
                create(news, message, repeat);
            case EventCorrelator.Verdict.Count(String message, EventCorrelator.Repeat repeat) ->
                count(news, message, repeat);
        }
    }

    private void create(News news, String message, EventCorrelator.Repeat repeat) {
        Event event = event(news, message, repeat);
        client.resource(Event.class).create(event);
        repeat.name = Optional.of(event.getMetadata().getName());
    }

    private void count(News news, String message, EventCorrelator.Repeat repeat) {
        String seconds = news.at.truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, Object> change = form == Form.SOURCE
                ? Map.of("count", repeat.count, "lastTimestamp", seconds, "message", message)
                : Map.of("series", Map.of("count", repeat.count, "lastObservedTime", micros(news.at)));
        ObjectKey key = new ObjectKey(namespace(news.regarding), repeat.name.orElse(""));
        try {
            client.resource(Event.class).patch(key, Patch.merge(change));
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
            // The old event has expired.
            repeat.count = 1;
            repeat.firstSeen = "";
            create(news, message, repeat);
        }
    }

    private static String namespace(ObjectReference regarding) {
        String namespace = regarding.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    private static String micros(Instant at) {
        String text = at.truncatedTo(ChronoUnit.MICROS).toString();
        int dot = text.indexOf('.');
        String digits = dot < 0 ? "" : text.substring(dot + 1, text.length() - 1);
        String whole = dot < 0 ? text.substring(0, text.length() - 1) : text.substring(0, dot);
        return whole + "." + (digits + "000000").substring(0, 6) + "Z";
    }

    private Event event(News news, String message, EventCorrelator.Repeat repeat) {
        String seconds = news.at.truncatedTo(ChronoUnit.SECONDS).toString();
        if (repeat.firstSeen.isEmpty()) {
            repeat.firstSeen = seconds;
        }
        long stamp = news.at.getEpochSecond() * 1_000_000_000L + news.at.getNano();
        EventBuilder event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace(news.regarding))
                .withName(news.regarding.getName() + "." + Long.toHexString(stamp))
                .endMetadata()
                .withInvolvedObject(news.regarding)
                .withReason(news.reason)
                .withMessage(message.length() > 1024 ? message.substring(0, 1024) : message)
                .withType(news.type.text())
                .withReportingComponent(component)
                .withReportingInstance(form == Form.REPORTING && host.isEmpty() ? component : host);
        if (form == Form.REPORTING) {
            return event.withEventTime(new MicroTime(micros(news.at)))
                    .withAction(news.action)
                    .build();
        }
        return event.withNewSource(component, host.isEmpty() ? null : host)
                .withCount(repeat.count)
                .withFirstTimestamp(repeat.firstSeen)
                .withLastTimestamp(seconds)
                .build();
    }

    @Override
    public void close() {
        tasks.close();
    }
}
