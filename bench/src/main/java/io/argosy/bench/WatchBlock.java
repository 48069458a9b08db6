package io.argosy.bench;

import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.HttpStream;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Watchers that all see every change of one namespace while writers change pods in it.
 *
 * @param delivered events that watchers received
 * @param expected events that they should have received
 * @param ended watches that the server cut off
 */
record WatchBlock(long delivered, long expected, int ended, Duration wall, Duration cpu) {

    private static final int WATCHES_PER_CONNECTION = 50;
    private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(30);

    double cpuMicros() {
        return cpu.toNanos() / 1e3 / delivered;
    }

    double perSecond() {
        return delivered / (wall.toNanos() / 1e9);
    }

    static WatchBlock run(
            ServerUnderTest server,
            Work write,
            int watchers,
            int writers,
            Duration length,
            AtomicInteger numbers,
            EventLoops loops)
            throws IOException, InterruptedException, ConfigurationException {
        List<Transport> connections = new ArrayList<>();
        List<HttpStream> streams = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        AtomicLong delivered = new AtomicLong();
        AtomicInteger ended = new AtomicInteger();
        try {
            for (int watcher = 0; watcher < watchers; watcher++) {
                if (watcher % WATCHES_PER_CONNECTION == 0) {
                    connections.add(server.connect(loops));
                }
                HttpStream stream = connections.getLast().open(watchFromNow(connections.getLast()));
                streams.add(stream);
                readers.add(Thread.ofVirtual().start(() -> count(stream.body(), delivered, ended)));
            }
            Duration before = server.figures().cpu();
            long began = System.nanoTime();
            Block writes = Block.run(server, write, writers, length, numbers, loops);
            long expected = (long) writes.operations() * watchers;
            long limit = System.nanoTime() + DELIVERY_LIMIT.toNanos();
            while (delivered.get() < expected && System.nanoTime() < limit && ended.get() == 0) {
                Clock.system().sleep(Duration.ofMillis(1));
            }
            Duration wall = Duration.ofNanos(System.nanoTime() - began);
            Duration cpu = server.figures().cpu().minus(before);
            return new WatchBlock(delivered.get(), expected, ended.get(), wall, cpu);
        } finally {
            streams.forEach(HttpStream::close);
            for (Thread reader : readers) {
                reader.join();
            }
            connections.forEach(Transport::close);
        }
    }

    /** From the newest version on, as informers do: nothing is told of what is there already. */
    private static HttpCall watchFromNow(Transport transport) throws IOException, InterruptedException {
        String pods = "/api/v1/namespaces/" + Corpus.SCRATCH + "/pods";
        byte[] page = Corpus.must(transport, HttpCall.of("GET", pods, Map.of("limit", "1")))
                .body();
        String version = JsonMapper.shared()
                .readTree(page)
                .path("metadata")
                .path("resourceVersion")
                .asString();
        return HttpCall.of("GET", pods, Map.of("watch", "true", "resourceVersion", version));
    }

    /** Each event is a line. */
    private static void count(InputStream body, AtomicLong delivered, AtomicInteger ended) {
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                long lines = 0;
                for (int at = 0; at < read; at++) {
                    if (buffer[at] == '\n') {
                        lines++;
                    }
                }
                delivered.addAndGet(lines);
            }
            ended.incrementAndGet();
        } catch (IOException _) {
            // This side closed it, after the figures were taken; a watch that broke off before shows in what is
            // missing.
            ended.incrementAndGet();
        }
    }
}
