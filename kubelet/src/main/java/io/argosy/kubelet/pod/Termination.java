package io.argosy.kubelet.pod;

import io.argosy.kubelet.status.PodStatuses.Verdicted;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The order that a pod shall end.
 *
 * @param graceOverride seconds that replace those of the pod
 * @param verdict the phase that its end shall have, when it is not its containers that decide
 */
public record Termination(OptionalLong graceOverride, Optional<Verdicted> verdict) {

    public static final Termination ORDINARY = new Termination(OptionalLong.empty(), Optional.empty());

    public static Termination verdict(String phase, String reason, String message) {
        return new Termination(OptionalLong.empty(), Optional.of(new Verdicted(phase, reason, message)));
    }

    public Termination withGrace(long seconds) {
        return new Termination(OptionalLong.of(seconds), verdict);
    }
}
