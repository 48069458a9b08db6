package io.argosy.apiserver.server;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.Target;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Bounds how many requests are worked on at once: reads and writes apart, long-running requests and masters not at all. */
final class Overload {

    private static final Set<String> READS = Set.of("get", "list", "watch", "head", "options");

    private final Semaphore reads;
    private final Semaphore writes;

    /** @param mostReads 0 is no limit; {@code mostWrites} too */
    Overload(int mostReads, int mostWrites) {
        this.reads = new Semaphore(mostReads == 0 ? Integer.MAX_VALUE : mostReads);
        this.writes = new Semaphore(mostWrites == 0 ? Integer.MAX_VALUE : mostWrites);
    }

    /** A place among the running requests; closed when the request is done. */
    interface Seat extends AutoCloseable {
        @Override
        void close();

        Seat FREE = () -> {};
    }

    /** @throws ApiException 429 when there is no place */
    Seat enter(Target target, UserInfo user, boolean longRunning) {
        if (longRunning || user.in(UserInfo.MASTERS_GROUP)) {
            return Seat.FREE;
        }
        Semaphore seats = READS.contains(target.verb()) ? reads : writes;
        if (!seats.tryAcquire()) {
            throw ApiException.tooManyRequests("Too many requests, please try again later.", 1);
        }
        return seats::release;
    }
}
