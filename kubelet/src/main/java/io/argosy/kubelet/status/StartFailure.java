package io.argosy.kubelet.status;

/**
 * Why a container that should run does not: the waiting reason and message that the API shows.
 *
 * @param reason such as {@code CrashLoopBackOff} or {@code ErrImagePull}
 */
public record StartFailure(String reason, String message) {}
