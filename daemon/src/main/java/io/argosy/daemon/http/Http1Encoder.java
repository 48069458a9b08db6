package io.argosy.daemon.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Writes responses; answers to HEAD have no body whatever their head says. */
final class Http1Encoder extends HttpResponseEncoder {

    private boolean headOnly;

    void headOnly(boolean only) {
        headOnly = only;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return headOnly || super.isContentAlwaysEmpty(response);
    }
}
