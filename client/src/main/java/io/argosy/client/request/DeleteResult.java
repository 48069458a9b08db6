package io.argosy.client.request;

/**
 * What a delete answered.
 *
 * @param resourceVersion of the deletion, or of the object that now waits for its finalizers or grace; empty when the
 *     server does not tell
 * @param uid of the object, empty when the server does not tell
 */
public record DeleteResult(String resourceVersion, String uid) {}
