package io.argosy.apiserver.storage.etcd;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shares leases among keys that go at about the same time, as upstream does: a lease lives a twentieth longer than asked
 * for, at most a minute, and for that time takes up to 1,000 keys of the same time to live. One lease is remembered, as
 * all events have the same time to live.
 */
final class LeasePool {

    private static final int MOST_KEYS = 1000;
    private static final long MOST_EXTRA_SECONDS = 60;
    private static final int EXTRA_PART = 20;

    private final Channel channel;
    private final InstantSource time;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private Shared shared = new Shared(0, Instant.EPOCH, 0);

    private record Shared(long id, Instant end, int keys) {}

    LeasePool(Channel channel, InstantSource time, Duration timeout) {
        this.channel = channel;
        this.time = time;
        this.timeout = timeout;
    }

    /** The id of a lease that lives at least as long as asked for. */
    long lease(Duration timeToLive) {
        long seconds = Math.max(1, timeToLive.toSeconds());
        long extra = Math.min(seconds / EXTRA_PART, MOST_EXTRA_SECONDS);
        Instant now = time.instant();
        lock.lock();
        try {
            Shared known = shared;
            boolean longEnough = now.plusSeconds(seconds).isBefore(known.end());
            boolean notTooLong = now.plusSeconds(seconds + extra).isAfter(known.end());
            if (longEnough && notTooLong && known.keys() < MOST_KEYS) {
                shared = new Shared(known.id(), known.end(), known.keys() + 1);
                return known.id();
            }
        } finally {
            lock.unlock();
        }
        long id = LeaseGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .leaseGrant(
                        LeaseGrantRequest.newBuilder().setTTL(seconds + extra).build())
                .getID();
        lock.lock();
        try {
            shared = new Shared(id, now.plusSeconds(seconds + extra), 1);
        } finally {
            lock.unlock();
        }
        return id;
    }
}
