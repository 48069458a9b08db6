package io.argosy.client.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;

/**
 * Records Events about objects. Recording never blocks and never fails: what cannot be sent in time is dropped, counted
 * and logged; events that repeat are sent as one with a count. Safe for any thread.
 */
public interface EventRecorder {

    /** What kind of news an event is. */
    enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As the API has it. */
        public String text() {
            return text;
        }
    }

    /**
     * @param regarding what the event is about
     * @param reason in CamelCase, for machines
     * @param action what was done or tried, in CamelCase; only events.k8s.io events have it
     * @param message for people
     */
    void record(ObjectReference regarding, Type type, String reason, String action, String message);

    default void record(HasMetadata regarding, Type type, String reason, String action, String message) {
        record(References.to(regarding), type, reason, action, message);
    }

    default void normal(HasMetadata regarding, String reason, String message) {
        record(regarding, Type.NORMAL, reason, reason, message);
    }

    default void warning(HasMetadata regarding, String reason, String message) {
        record(regarding, Type.WARNING, reason, reason, message);
    }
}
