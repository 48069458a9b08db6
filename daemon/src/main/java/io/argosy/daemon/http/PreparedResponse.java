package io.argosy.daemon.http;

import java.util.List;

/**
 * A whole answer.
 *
 * @param body pieces that are written one after another without being copied; they must never change
 */
public record PreparedResponse(int status, HttpHeaders headers, List<byte[]> body) {

    public PreparedResponse {
        body = List.copyOf(body);
    }
}
