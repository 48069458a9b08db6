package io.argosy.apiserver.authz;

/** Decides whether a user may do something. Called by many threads at once; may block. */
public interface Authorizer {

    Decision authorize(Attributes attributes);
}
