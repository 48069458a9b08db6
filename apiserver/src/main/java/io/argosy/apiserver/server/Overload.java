package io.argosy.apiserver.server;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.RequestNotes;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Bounds how many requests are worked on at once: reads and writes apart, long-running requests and masters not at all. */
final class Overload implements Gate {

    private static final Set<String> READS = Set.of("get", "list", "watch", "head", "options");

    private final Semaphore reads;
    private final Semaphore writes;

    /** @param mostReads 0 is no limit; {@code mostWrites} too */
    Overload(int mostReads, int mostWrites) {
        this.reads = new Semaphore(mostReads == 0 ? Integer.MAX_VALUE : mostReads);
        this.writes = new Semaphore(mostWrites == 0 ? Integer.MAX_VALUE : mostWrites);
    }

    @Override
    public Seat enter(Caller caller, RequestNotes notes) {
        if (caller.longRunning() || caller.user().in(UserInfo.MASTERS_GROUP)) {
            return Seat.FREE;
        }
        Semaphore seats = READS.contains(caller.target().verb()) ? reads : writes;
        if (!seats.tryAcquire()) {
            throw ApiException.tooManyRequests("Too many requests, please try again later.", 1);
        }
        return seats::release;
    }
}
