package io.argosy.daemon.health;

/** A status code and the plain text that goes with it. */
public record HealthAnswer(int status, String body) {}
