package io.argosy.daemon.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts of a running daemon in the order of their start; closing goes the other way, and one failure stops no other. */
public final class Stack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean closed;

    /** Takes over a part that has been started; closes it at once when the stack is closed already. */
    public <T extends AutoCloseable> T push(String name, T part) {
        synchronized (this) {
            if (!closed) {
                parts.push(new Part(name, part));
                return part;
            }
        }
        close(new Part(name, part));
        return part;
    }

    @Override
    public void close() {
        while (true) {
            Part part;
            synchronized (this) {
                closed = true;
                if (parts.isEmpty()) {
                    return;
                }
                part = parts.pop();
            }
            close(part);
        }
    }

    private static void close(Part part) {
        try {
            LOG.debug("stopping part={}", part.name);
            part.closeable.close();
        } catch (Exception e) {
            LOG.warn("stopping failed part={}", part.name, e);
        }
    }
}
