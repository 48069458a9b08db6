package io.argosy.e2e;

import io.argosy.client.transport.HttpStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watches what writers write, goes on from the last event whenever the watch breaks off, and remembers every event. */
final class Witness {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Api api;
    private final String path;
    private final List<Event> events = new ArrayList<>();
    private Optional<HttpStream> stream = Optional.empty();
    private boolean over;

    record Event(String type, String name, long value, long resourceVersion) {}

    Witness(Api api, String namespace) {
        this.api = api;
        this.path = "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    /** Follows from a version on, until told to stop. */
    void run(long from) throws InterruptedException {
        long version = from;
        while (!isOver()) {
            Map<String, String> query =
                    Map.of("watch", "true", "labelSelector", Writer.LABEL, "resourceVersion", Long.toString(version));
            try (HttpStream opened = api.watch(path, query)) {
                if (opened.status() == 200 && keep(opened)) {
                    version = follow(opened, version);
                }
            } catch (IOException _) {
                // The server is away; the next watch goes on from the same version.
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private long follow(HttpStream opened, long from) {
        long version = from;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(opened.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = JsonMapper.shared().readTree(line);
                JsonNode metadata = event.path("object").path("metadata");
                version = metadata.path("resourceVersion").asLong();
                add(new Event(
                        event.path("type").asString(),
                        metadata.path("name").asString(),
                        event.path("object").path("data").path("value").asLong(),
                        version));
            }
        } catch (IOException | tools.jackson.core.JacksonException _) {
            // Broken off, perhaps within a line: what was not whole has not been seen.
        }
        return version;
    }

    private synchronized boolean keep(HttpStream opened) {
        stream = Optional.of(opened);
        return !over;
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized void add(Event event) {
        events.add(event);
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    synchronized void stop() {
        over = true;
        stream.ifPresent(HttpStream::close);
    }

    /** What a reader who believes the events knows: the value of each object. */
    Map<String, Long> state() {
        Map<String, Long> state = new TreeMap<>();
        for (Event event : events()) {
            switch (event.type()) {
                case "ADDED", "MODIFIED" -> state.put(event.name(), event.value());
                case "DELETED" -> state.remove(event.name());
                default -> throw new AssertionError("the watch told " + event);
            }
        }
        return state;
    }
}
