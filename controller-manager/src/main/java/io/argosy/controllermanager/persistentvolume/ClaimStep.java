package io.argosy.controllermanager.persistentvolume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.Optional;

/** What is to be done about a claim. */
sealed interface ClaimStep {

    /** An event. */
    record News(boolean warning, String reason, String message) {}

    /** Give it this volume, or finish what was begun. */
    record Bind(PersistentVolume volume) implements ClaimStep {}

    /** It waits. */
    record Wait(Optional<News> news) implements ClaimStep {}

    /** It named no class, and there is a default one now. */
    record TakeClass(String name) implements ClaimStep {}

    /** A provisioner has to make a volume. */
    record Provision() implements ClaimStep {}

    /** Its volume is lost for good. */
    record Lost(News news) implements ClaimStep {}

    /** It contradicts itself; nothing is written. */
    record Broken(News news) implements ClaimStep {}
}
