package io.argosy.bench;

import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes of pods. One set is for one server: a pod that it created is later patched and deleted. */
final class Writes {

    private final Queue<String> created = new ConcurrentLinkedQueue<>();
    private final Corpus corpus;

    Writes(Corpus corpus) {
        this.corpus = corpus;
    }

    List<Work> all() {
        return List.of(
                work("create a pod", this::create),
                work("strategic merge patch of a pod's status", this::patchStatus),
                work("delete a pod", this::delete));
    }

    /** What one operation does. */
    private interface Step {
        boolean once(Transport transport, int number) throws IOException, InterruptedException;
    }

    private static Work work(String name, Step step) {
        return new Work() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean once(Transport transport, int number) throws IOException, InterruptedException {
                return step.once(transport, number);
            }
        };
    }

    private boolean create(Transport transport, int number) throws IOException, InterruptedException {
        String name = "made-" + number;
        Corpus.must(transport, Corpus.create(Corpus.SCRATCH, name, "node-scratch"));
        created.add(name);
        return true;
    }

    private boolean patchStatus(Transport transport, int number) throws IOException, InterruptedException {
        int pod = Math.floorMod(number * 7919, corpus.pods());
        String status = number % 2 == 0 ? "True" : "False";
        String body = ("{\"status\":{\"phase\":\"Running\",\"podIP\":\"10.244.%d.%d\",\"conditions\":["
                        + "{\"type\":\"Ready\",\"status\":\"%s\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"},"
                        + "{\"type\":\"ContainersReady\",\"status\":\"%s\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}")
                .formatted(number / 250 % 250, number % 250, status, status);
        Corpus.must(
                transport,
                HttpCall.of(
                                "PATCH",
                                "/api/v1/namespaces/" + Corpus.namespace(pod) + "/pods/" + Corpus.name(pod) + "/status",
                                Map.of())
                        .withBody("application/strategic-merge-patch+json", body.getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    private boolean delete(Transport transport, int number) throws IOException, InterruptedException {
        String name = created.poll();
        if (name == null) {
            return false;
        }
        Corpus.must(
                transport,
                HttpCall.of(
                        "DELETE",
                        "/api/v1/namespaces/" + Corpus.SCRATCH + "/pods/" + name,
                        Map.of("gracePeriodSeconds", "0")));
        return true;
    }
}
