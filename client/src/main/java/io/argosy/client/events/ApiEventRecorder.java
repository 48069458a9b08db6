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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events from threads of its own. What is too much about one object is dropped, and what repeats is merged, before it
 * waits; at most {@link #WAITING} different events wait in each of {@link #LANES} lanes, further ones are dropped. Events
 * about one object are sent in their order. Closing drops what waits and joins the threads.
 */
public final class ApiEventRecorder implements EventRecorder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiEventRecorder.class);

    private static final int WAITING = 1000;

    /** Senders; each has one call on its way at most. */
    private static final int LANES = 4;

    /** How events are written. */
    public enum Form {
        /** Core v1 with {@code source}, as the kubelet and the controllers write them. */
        SOURCE,
        /** With {@code reportingComponent}, {@code action} and {@code eventTime}, as the scheduler writes them. */
        REPORTING
    }

    /** An event as it is to be sent. */
    private record Sending(News news, int count, Optional<String> name) {}

    private final ApiClient client;
    private final Form form;
    private final String component;
    private final String host;
    private final Clock clock;
    private final List<EventLane> lanes = new ArrayList<>();

    /** Guards the correlator and what it remembers; no call goes out while it is held. */
    private final Object lock = new Object();

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
        for (int i = 0; i < LANES; i++) {
            EventLane lane = new EventLane(WAITING);
            lanes.add(lane);
            tasks.fork("send", () -> run(lane));
        }
    }

    @Override
    public void record(ObjectReference regarding, Type type, String reason, String action, String message) {
        News news = new News(regarding, type, reason, action, message, clock.instant());
        EventLane lane = lanes.get(Math.floorMod(Objects.hash(regarding.getNamespace(), regarding.getName()), LANES));
        boolean room = true;
        synchronized (lock) {
            switch (correlator.judge(regarding, type.text(), reason, message, clock.nanoTime())) {
                case EventCorrelator.Verdict.Drop() ->
                    LOG.debug("event dropped, too many about object={}", regarding.getName());
                case EventCorrelator.Verdict.Send(String text, EventCorrelator.Repeat repeat) -> {
                    repeat.latest = Optional.of(news.withMessage(text));
                    room = lane.offer(repeat);
                }
            }
        }
        if (!room) {
            LOG.warn("event dropped, too many wait reason={} object={}", reason, regarding.getName());
        }
    }

    private void run(EventLane lane) throws InterruptedException {
        while (true) {
            EventCorrelator.Repeat repeat = lane.take();
            Sending sending;
            synchronized (lock) {
                EventLane.taken(repeat);
                sending = new Sending(repeat.latest.orElseThrow(), repeat.count, repeat.name);
            }
            String reason = sending.news().reason();
            try {
                send(sending, repeat);
            } catch (ApiException e) {
                LOG.debug("event refused reason={} error={}", reason, e.message());
            } catch (RequestException e) {
                LOG.debug("event not sent reason={} error={}", reason, e.getMessage());
            } catch (RequestInterruptedException e) {
                Thread.interrupted();
                throw new InterruptedException();
            } catch (RuntimeException e) {
                LOG.warn("event not sent reason={}", reason, e);
            }
        }
    }

    /** Only the lane of its object has an event in hand, so that it is made once. */
    private void send(Sending sending, EventCorrelator.Repeat repeat) {
        if (sending.name().isEmpty()) {
            create(sending.news(), sending.count(), repeat);
            return;
        }
        try {
            count(sending.news(), sending.count(), sending.name().get());
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
            // The old event has expired.
            synchronized (lock) {
                repeat.count = 1;
                repeat.firstSeen = "";
            }
            create(sending.news(), 1, repeat);
        }
    }

    private void create(News news, int count, EventCorrelator.Repeat repeat) {
        Event event;
        synchronized (lock) {
            if (repeat.firstSeen.isEmpty()) {
                repeat.firstSeen = news.at().truncatedTo(ChronoUnit.SECONDS).toString();
            }
            event = event(news, count, repeat.firstSeen);
        }
        client.resource(Event.class).create(event);
        synchronized (lock) {
            repeat.name = Optional.of(event.getMetadata().getName());
        }
    }

    private void count(News news, int count, String name) {
        String seconds = news.at().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, Object> change = form == Form.SOURCE
                ? Map.of("count", count, "lastTimestamp", seconds, "message", shortened(news.message()))
                : Map.of("series", Map.of("count", count, "lastObservedTime", micros(news.at())));
        client.resource(Event.class).patch(new ObjectKey(namespace(news.regarding()), name), Patch.merge(change));
    }

    private static String shortened(String message) {
        return message.length() > 1024 ? message.substring(0, 1024) : message;
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

    private Event event(News news, int count, String firstSeen) {
        String seconds = news.at().truncatedTo(ChronoUnit.SECONDS).toString();
        Instant at = news.at();
        long stamp = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        EventBuilder event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace(news.regarding()))
                .withName(news.regarding().getName() + "." + Long.toHexString(stamp))
                .endMetadata()
                .withInvolvedObject(news.regarding())
                .withReason(news.reason())
                .withMessage(shortened(news.message()))
                .withType(news.type().text())
                .withReportingComponent(component)
                .withReportingInstance(form == Form.REPORTING && host.isEmpty() ? component : host);
        if (form == Form.REPORTING) {
            return event.withEventTime(new MicroTime(micros(news.at())))
                    .withAction(news.action())
                    .build();
        }
        return event.withNewSource(component, host.isEmpty() ? null : host)
                .withCount(count)
                .withFirstTimestamp(firstSeen)
                .withLastTimestamp(seconds)
                .build();
    }

    @Override
    public void close() {
        tasks.close();
    }
}
