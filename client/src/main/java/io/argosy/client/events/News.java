package io.argosy.client.events;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;

/** What somebody recorded. */
record News(
        ObjectReference regarding, EventRecorder.Type type, String reason, String action, String message, Instant at) {

    News withMessage(String text) {
        return new News(regarding, type, reason, action, text, at);
    }
}
