package io.argosy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writers at work and a witness that watches them; both end with it, however the test ends. */
final class Load implements AutoCloseable {

    private static final int WRITERS = 2;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Future<?>> writing = new ArrayList<>();
    private final Witness witness;

    private Load(Witness witness) {
        this.witness = witness;
    }

    /** @param name the beginning of the names of all that is written */
    static Load start(Api api, String namespace, String name) throws Exception {
        Api.Answer now = api.send("GET", "/api/v1/namespaces/" + namespace + "/configmaps", Map.of("limit", "1"), "");
        assertEquals(200, now.code());
        Load load = new Load(new Witness(api, namespace));
        long from = now.resourceVersion();
        load.fork(() -> load.witness.run(from));
        for (int number = 0; number < WRITERS; number++) {
            Writer writer = new Writer(api, namespace, name + "-" + number);
            load.writers.add(writer);
            load.writing.add(load.fork(() -> writer.run(load.over)));
        }
        return load;
    }

    /** What a thread does. */
    private interface Task {
        void run() throws InterruptedException;
    }

    private Future<?> fork(Task task) {
        return threads.submit(() -> {
            task.run();
            return null;
        });
    }

    /** Events that the witness has seen. */
    int seen() {
        return witness.events().size();
    }

    Witness witness() {
        return witness;
    }

    /** Ends the writers; the witness goes on. */
    void endWriting() throws InterruptedException, ExecutionException {
        over.set(true);
        for (Future<?> writer : writing) {
            writer.get();
        }
    }

    List<Writer.Acknowledged> acknowledged() {
        return writers.stream()
                .flatMap(writer -> writer.acknowledged().stream())
                .toList();
    }

    @Override
    public void close() {
        over.set(true);
        witness.stop();
        threads.close();
    }
}
