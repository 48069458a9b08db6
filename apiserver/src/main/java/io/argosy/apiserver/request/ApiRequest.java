package io.argosy.apiserver.request;

import io.argosy.apiserver.authn.UserInfo;
import io.argosy.daemon.http.HttpRequest;
import java.time.Instant;

/**
 * A request whose sender is known and allowed to make it.
 *
 * @param target what it is for
 * @param user who asks, after impersonation
 * @param http head of the request
 * @param query its parameters
 * @param deadline when an answer must be complete, for requests that are not long-running
 * @param notes what is told beside the answer: warnings and audit annotations
 */
public record ApiRequest(
        Target target, UserInfo user, HttpRequest http, Query query, Instant deadline, RequestNotes notes) {}
