package io.argosy.client.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

/** Makes references to objects. */
public final class References {

    private References() {}

    public static ObjectReference to(HasMetadata object) {
        return new ObjectReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build();
    }

    /** A reference to a part of an object, as {@code spec.containers{web}}. */
    public static ObjectReference to(HasMetadata object, String fieldPath) {
        ObjectReference reference = to(object);
        reference.setFieldPath(fieldPath);
        return reference;
    }
}
