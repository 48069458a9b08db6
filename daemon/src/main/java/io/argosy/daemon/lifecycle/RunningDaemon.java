package io.argosy.daemon.lifecycle;

/** A daemon that runs until it is closed. */
public interface RunningDaemon extends AutoCloseable {

    /** Stops accepting, drains, stops every part in order, joins every thread. Bounded in time. */
    @Override
    void close();
}
