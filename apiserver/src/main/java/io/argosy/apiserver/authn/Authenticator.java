package io.argosy.apiserver.authn;

import io.argosy.daemon.http.HttpRequest;

/** Finds who a request comes from. Called by many threads at once; may block. */
public interface Authenticator {

    Authentication authenticate(HttpRequest request);
}
