package io.argosy.apiserver.server;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.Query;
import io.argosy.apiserver.request.RequestNotes;
import io.argosy.apiserver.request.Target;

/** Lets requests in as there is room for them. */
interface Gate {

    /**
     * What a request is, and of whom.
     *
     * @param longRunning whether it has no end of its own: watches and connections
     */
    record Caller(Target target, UserInfo user, Query query, boolean longRunning) {}

    /** A place among the running requests; closed when the request is done. */
    interface Seat extends AutoCloseable {
        @Override
        void close();

        Seat FREE = () -> {};
    }

    /**
     * Waits until the request may run.
     *
     * @param notes takes what the client is told of it
     * @throws ApiException 429 when there is no place
     */
    Seat enter(Caller caller, RequestNotes notes) throws InterruptedException;
}
