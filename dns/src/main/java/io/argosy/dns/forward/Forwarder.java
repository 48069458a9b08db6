package io.argosy.dns.forward;

import io.argosy.dns.cache.AnswerCache;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks the node's resolvers in turn: each question from a port of its own with an id of its own (dnsjava), by TCP when the
 * answer does not fit. At most {@link #IN_FLIGHT} questions wait at a time; more are answered SERVFAIL.
 */
public final class Forwarder {

    /** Each holds a virtual thread and a socket for at most two tries of two seconds. */
    static final int IN_FLIGHT = 1000;

    private static final Duration TRY = Duration.ofSeconds(2);

    private final List<Resolver> resolvers;
    private final AnswerCache cache;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
    private final AtomicInteger first = new AtomicInteger();

    public Forwarder(List<InetSocketAddress> upstreams, AnswerCache cache) {
        List<Resolver> made = new ArrayList<>();
        for (InetSocketAddress upstream : upstreams) {
            SimpleResolver resolver = new SimpleResolver(upstream);
            resolver.setTimeout(TRY);
            made.add(resolver);
        }
        this.resolvers = List.copyOf(made);
        this.cache = cache;
    }

    /** A resolver's answer to the question; empty when there is none to be had. Blocks. */
    public Optional<Message> ask(Record question) {
        Optional<Message> kept = cache.find(question.getName(), question.getType());
        if (kept.isPresent()) {
            return kept;
        }
        if (resolvers.isEmpty() || !inFlight.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return send(question);
        } finally {
            inFlight.release();
        }
    }

    private Optional<Message> send(Record question) {
        int start = Math.floorMod(first.get(), resolvers.size());
        for (int i = 0; i < Math.min(2, resolvers.size()) || (i == 1 && resolvers.size() == 1); i++) {
            int index = (start + i) % resolvers.size();
            try {
                Message answer = resolvers.get(index).send(Message.newQuery(question));
                cache.keep(question.getName(), question.getType(), answer);
                return Optional.of(answer);
            } catch (IOException e) {
                first.compareAndSet(start, start + 1);
            }
        }
        return Optional.empty();
    }
}
