package io.argosy.apiserver.authz;

/** What an authorizer says; the reason is for the audit log and, when nothing allows, for the client. */
public sealed interface Decision {

    String reason();

    record Allow(String reason) implements Decision {}

    record Deny(String reason) implements Decision {}

    record NoOpinion(String reason) implements Decision {}

    default boolean allowed() {
        return this instanceof Allow;
    }
}
