package io.argosy.client.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Consumer;

/** Hears of the changes of one resource. */
public interface ResourceHandler<T extends HasMetadata> {

    /** @param initial whether the object was there when the informer (or the handler) began */
    void added(T object, boolean initial);

    /** A change, or a resync when both are the same object. */
    void updated(T before, T after);

    /** The object in its last known state. */
    void deleted(T last);

    /** A handler that does the same for every change, with the newest state. */
    static <T extends HasMetadata> ResourceHandler<T> any(Consumer<T> action) {
        return new ResourceHandler<>() {
            @Override
            public void added(T object, boolean initial) {
                action.accept(object);
            }

            @Override
            public void updated(T before, T after) {
                action.accept(after);
            }

            @Override
            public void deleted(T last) {
                action.accept(last);
            }
        };
    }
}
