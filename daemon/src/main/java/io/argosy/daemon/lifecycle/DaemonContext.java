package io.argosy.daemon.lifecycle;

import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.health.ProcessPages;
import io.argosy.daemon.metrics.Configz;
import io.argosy.daemon.metrics.Metrics;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the process gives to its daemon: time, metrics, the shown configuration, and the way to say "I must stop".
 * Several daemons of one JVM have one each.
 */
public final class DaemonContext {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonContext.class);

    private final Clock clock;
    private final Metrics metrics = new Metrics();
    private final Configz configz = new Configz();
    private final ProcessPages pages;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();

    public DaemonContext(Clock clock) {
        this.clock = clock;
        this.pages = new ProcessPages(clock);
    }

    public Clock clock() {
        return clock;
    }

    public Metrics metrics() {
        return metrics;
    }

    public Configz configz() {
        return configz;
    }

    public ProcessPages pages() {
        return pages;
    }

    /** Asks for an orderly end, with exit code 0. */
    public void requestStop() {
        stop.countDown();
    }

    /** The daemon cannot go on (a lost lease, a broken invariant): an orderly end with exit code 1. */
    public void fail(String why) {
        LOG.error("daemon stops: {}", why);
        exitCode.compareAndSet(0, 1);
        stop.countDown();
    }

    /** Waits until somebody asks for the end; returns the exit code. */
    public int awaitStop() throws InterruptedException {
        stop.await();
        return exitCode.get();
    }
}
