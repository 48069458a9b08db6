package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.PodInfo;
import java.util.Optional;

/** The extension point PreEnqueue. */
public interface PreEnqueuePlugin extends Plugin {

    /** Why the pod must not be tried yet. */
    Optional<String> hold(PodInfo pod);
}
