package io.argosy.daemon.http;

import java.io.IOException;

/** A request of an HTTP/1.1 connection, which can be upgraded. */
final class Http1Exchange extends Exchange {

    private final Http1Outbound outbound;

    Http1Exchange(HttpRequest request, Http1Outbound outbound) {
        super(request, outbound);
        this.outbound = outbound;
    }

    boolean wantsUpgrade() {
        return request().headers().hasToken("Connection", "upgrade");
    }

    @Override
    public RawConnection upgrade(HttpHeaders headers) throws IOException {
        beginUpgrade();
        return outbound.upgrade(headers);
    }
}
