package io.argosy.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Creates ConfigMaps one after the other and counts up in another, and remembers what the server acknowledged. */
final class Writer {

    static final String LABEL = "written-by";

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Api api;
    private final String path;
    private final String name;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private int unanswered;

    /** A write that was answered with success. */
    record Acknowledged(String name, long value, long resourceVersion, boolean created) {}

    Writer(Api api, String namespace, String name) {
        this.api = api;
        this.path = "/api/v1/namespaces/" + namespace + "/configmaps";
        this.name = name;
    }

    List<Acknowledged> acknowledged() {
        return acknowledged;
    }

    /** Writes without a known outcome: there is no load on an outage without them. */
    int unanswered() {
        return unanswered;
    }

    /** Writes until told to stop. */
    void run(AtomicBoolean over) throws InterruptedException {
        String counter = name + "-counter";
        Optional<Long> version = Optional.empty();
        for (long number = 1; !over.get(); number++) {
            write("POST", "", name + "-" + number, number, Optional.empty());
            version = version.isEmpty() ? current(counter) : version;
            version = version.isPresent()
                    ? write("PUT", "/" + counter, counter, number, version)
                    : write("POST", "", counter, number, Optional.empty());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Optional<Long> write(String method, String below, String object, long value, Optional<Long> version)
            throws InterruptedException {
        String condition =
                version.map(known -> ",\"resourceVersion\":\"" + known + "\"").orElse("");
        String body =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\",\"labels\":{\"%s\":\"%s\"}%s},\"data\":{\"value\":\"%d\"}}"
                        .formatted(object, LABEL, name, condition, value);
        try {
            Api.Answer answer = api.send(method, path + below, Map.of(), body);
            if (answer.code() < 300) {
                long written = answer.resourceVersion();
                acknowledged.add(new Acknowledged(object, value, written, method.equals("POST")));
                return Optional.of(written);
            }
        } catch (IOException _) {
            // Whether it was written is not known.
            unanswered++;
        }
        return Optional.empty();
    }

    private Optional<Long> current(String object) throws InterruptedException {
        try {
            Api.Answer answer = api.send("GET", path + "/" + object, Map.of(), "");
            return answer.code() == 200 ? Optional.of(answer.resourceVersion()) : Optional.empty();
        } catch (IOException _) {
            unanswered++;
            return Optional.empty();
        }
    }
}
