package io.argosy.bench;

import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Some seconds of one work on one server.
 *
 * @param operations how many were done
 * @param wall from the first to the last
 * @param cpu of the server in that time
 */
record Block(int operations, Duration wall, Duration cpu) {

    double cpuMillis() {
        return cpu.toNanos() / 1e6 / operations;
    }

    double perSecond() {
        return operations / (wall.toNanos() / 1e9);
    }

    /** Workers with a connection each ask again as soon as they have an answer. */
    static Block run(
            ServerUnderTest server, Work work, int workers, Duration length, AtomicInteger numbers, EventLoops loops)
            throws IOException, InterruptedException, ConfigurationException {
        List<Transport> connections = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < work.workers(workers); worker++) {
                connections.add(server.connect(loops));
            }
            AtomicInteger done = new AtomicInteger();
            Duration before = server.figures().cpu();
            long began = System.nanoTime();
            long end = began + length.toNanos();
            List<Future<?>> running = new ArrayList<>();
            for (Transport connection : connections) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end && work.once(connection, numbers.getAndIncrement())) {
                        done.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
            Duration wall = Duration.ofNanos(System.nanoTime() - began);
            return new Block(done.get(), wall, server.figures().cpu().minus(before));
        } catch (ExecutionException e) {
            throw new IOException(work.name() + " failed on " + server.name(), e.getCause());
        } finally {
            connections.forEach(Transport::close);
        }
    }
}
