package io.argosy.apiserver.handler;

import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.BodyTooLargeException;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.MalformedBodyException;
import java.io.IOException;

/** Reads request bodies up to the API's limit. */
final class Bodies {

    /** Upstream's limit: what etcd takes at most, and room for encodings that are longer. */
    static final int LIMIT = 3 << 20;

    private Bodies() {}

    static byte[] read(HttpExchange exchange) throws IOException {
        try {
            return exchange.readBody(LIMIT);
        } catch (BodyTooLargeException _) {
            throw ApiException.requestEntityTooLarge("limit is " + LIMIT);
        } catch (MalformedBodyException malformed) {
            throw new ApiException(500, "", malformed.getMessage(), ApiException.Details.NONE);
        }
    }
}
